import Contracts
public import LabelModel

extension Imports {
    /// Makes tasks of files that came in pieces, of all or of none, and takes the files away.
    ///
    /// - `files`: Upload and path of each.
    /// - `source`: Import source that reads them as a folder; nil for files that hold tasks.
    /// - `settings`: Text of a JSON object for this import; nil for the project's.
    public func importPartials(
        _ files: [(upload: PartialUploads.Name, path: String)],
        with source: String?,
        settings: [UInt8]?,
        into project: ProjectID,
        by user: User
    ) async throws(ServiceError) -> ImportAnswer {
        let answer: ImportAnswer
        if let source {
            let folder = try await beginFolder(
                into: project,
                with: source,
                settings: settings,
                by: user
            )
            do {
                for (upload, path) in files {
                    try await folder.add(name: path, bytes: try await partials.bytes(of: upload))
                }
            } catch {
                await folder.cancel()
                throw error
            }
            answer = try await folder.finish()
        } else {
            let session = try await begin(into: project, options: ImportOptions(), by: user)
            do {
                for (upload, path) in files {
                    let bytes = try await partials.bytes(of: upload)
                    try await session.add(name: path, mediaType: nil, bytes: bytes)
                }
                answer = try await session.finish()
            } catch {
                await session.cancel()
                throw error
            }
        }
        for (upload, _) in files { await partials.discard(upload) }
        return answer
    }

    /// Fetches a file from its address and imports the tasks in it.
    ///
    /// - Throws: ``ServiceError`` when the address may not be asked or does not answer well.
    public func importAddress(
        _ address: String,
        into project: ProjectID,
        options: ImportOptions,
        by user: User
    ) async throws(ServiceError) -> ImportAnswer {
        let stream: OutboundStream
        do {
            stream = try await environment.outbound.open(
                OutboundRequest(.get, address, timeout: .seconds(30))
            )
        } catch {
            throw ServiceError(error, field: "url")
        }
        guard stream.head.isSuccess else {
            throw ServiceError(
                .invalid,
                "address_not_answered",
                "The address answers with status \(stream.head.status).",
                hint: "Open it in a browser; it must give the file to anybody."
            )
        }
        let session = try await begin(into: project, options: options, by: user)
        do {
            try await session.add(
                name: Self.fileName(in: address),
                mediaType: stream.head.header("content-type").map { Self.mediaType(in: $0) },
                bytes: stream.chunks,
                limit: environment.limits.fetchedMediaBytes
            )
            return try await session.finish()
        } catch {
            await session.cancel()
            throw error
        }
    }

    /// What follows the last slash of the path, without query and fragment.
    private static func fileName(in address: String) -> String {
        let path = address.prefix { $0 != "?" && $0 != "#" }
        let last = path.split(separator: "/").dropFirst(2).last ?? "file"
        return SafeName.percentDecoded(last) ?? String(last)
    }

    private static func mediaType(in header: String) -> String {
        header.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
    }
}
