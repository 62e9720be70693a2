import LabelModel
import LabelingConfig

extension TaskImport {
    /// Reads a file that lies on the disk.
    ///
    /// - `path`: Where it lies.
    /// - `name`: Its extension says how it is read.
    /// - `reference`: What a task's data says to show it.
    mutating func readFile(
        path: String,
        name: String,
        reference: String,
        file: FileUploadID?
    ) async throws(ServiceError) {
        let fileExtension = SafeName.fileExtension(name)
        guard let format = FileFormat(fileExtension: fileExtension) else {
            throw ServiceError(
                .invalid,
                "file_type_unknown",
                "Files like \"\(name)\" cannot be imported.",
                hint: "JSON, CSV, TSV, TXT, HTML, XML, images, audio, video and PDF can."
            )
        }
        var isList = false
        switch format {
        case .table, .lines: isList = true
        case .json, .text, .media: break
        }
        beginFile(format: fileExtension, couldBeTasksList: isList)
        switch format {
        case .json: try await readJSON(FileBytes(path: path), file: file)
        case .table(let separator):
            try await readTable(path: path, separator: separator, file: file)
        case .lines: try await readLines(path: path, file: file)
        case .text: try await readText(path: path, file: file)
        case .media:
            try requireOneField(name)
            let data = TaskDataKey.data(reference, key: setup.config.firstDataKey)
            try await take(data: data, file: file, place: .offset(0))
        }
        try endFile()
    }

    private mutating func readTable(
        path: String,
        separator: UInt8?,
        file: FileUploadID?
    ) async throws(ServiceError) {
        let limit = environment.limits.maxTaskBytes
        var table = try TableFile(path: path, separator: separator, maxRowBytes: limit).rows()
        while let (data, row) = try table.next() {
            try await take(data: data, file: file, place: .row(row, column: 1))
        }
    }

    private mutating func readLines(
        path: String,
        file: FileUploadID?
    ) async throws(ServiceError) {
        try requireOneField(path)
        let key = setup.config.firstDataKey
        var lines = LineReader(limit: environment.limits.maxTaskBytes)
        let source = try FileDescriptor.reading(path)
        var isEnd = false
        while !isEnd {
            let chunk = try source.read(256 << 10)
            isEnd = chunk.isEmpty
            for line in isEnd ? try lines.finish() : try lines.append(chunk) {
                try await take(
                    data: TaskDataKey.data(line.text, key: key),
                    file: file,
                    place: .line(line.number, column: 1)
                )
            }
        }
    }

    private mutating func readText(
        path: String,
        file: FileUploadID?
    ) async throws(ServiceError) {
        try requireOneField(path)
        let limit = environment.limits.maxTaskBytes
        let source = try FileDescriptor.reading(path)
        var bytes: [UInt8] = []
        while true {
            let chunk = try source.read(256 << 10)
            if chunk.isEmpty { break }
            bytes.append(contentsOf: chunk)
            guard bytes.count <= limit else {
                throw .taskTooLarge(limit: limit, at: .offset(limit))
            }
        }
        guard let text = String(validating: bytes.withoutByteOrderMark, as: UTF8.self) else {
            throw .notUTF8(at: .offset(bytes.validUTF8PrefixCount))
        }
        try await take(
            data: TaskDataKey.data(text, key: setup.config.firstDataKey),
            file: file,
            place: .offset(0)
        )
    }

    /// Refuses files without fields when the config shows several: nobody could tell which of them
    /// is meant.
    private func requireOneField(_ name: String) throws(ServiceError) {
        let keys = Set(setup.config.dataFields.map(\.path.key))
        guard keys.count <= 1 else {
            throw ServiceError(
                .invalid,
                "files_need_one_field",
                "The labeling config shows \(keys.count) fields (\(keys.sorted().joined(separator: ", "))), so a file cannot be a task.",
                hint: "Import a JSON, CSV or TSV file that names the fields."
            )
        }
    }
}

extension ServiceError {
    static func notUTF8(at place: Place) -> ServiceError {
        ServiceError(
            .invalid,
            "not_utf8",
            "The text is not UTF-8.",
            hint: "Save the file as UTF-8.",
            at: place
        )
    }
}

extension [UInt8] {
    /// Bytes before the first one that cannot belong to UTF-8 text.
    var validUTF8PrefixCount: Int {
        var validator = Unicode.UTF8.ForwardParser()
        var bytes = makeIterator()
        var count = 0
        while case .valid(let scalar) = validator.parseScalar(from: &bytes) {
            count += scalar.count
        }
        return count
    }
}
