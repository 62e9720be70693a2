internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService
internal import NIOCore

/// Getting annotations out.
struct ExportEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        [
            Endpoint(
                .get,
                "/api/projects/{project}/export/formats",
                .exports,
                "Lists the formats that a project can be exported to, usable ones first",
                answers: [.json(.array(.reference(.exportFormat)))],
                handler: formats
            ),
            Endpoint(
                .get,
                "/api/projects/{project}/export",
                .exports,
                "Exports a project as one file, while it is made",
                query: [
                    QueryParameter("exportType", .string, "Name of the format; `JSON` if absent."),
                    QueryParameter("export_type", .string, "The same, in another spelling."),
                    QueryParameter("settings", .string, "JSON object with the format's settings."),
                    QueryParameter(
                        "download_all_tasks",
                        .boolean,
                        "Tasks without annotations too."
                    ),
                    QueryParameter("ids[]", .array(.integer), "Only these tasks."),
                ],
                answers: [.anyFile("The file.")],
                handler: export
            ),
            Endpoint(
                .get,
                "/api/projects/{project}/export/reports/{report}",
                .exports,
                "Tells how an export went and what its format could not hold",
                answers: [.json(.reference(.exportReport))],
                handler: report
            ),
        ]
    }

    private func formats(_ call: Call) async throws -> Response {
        let formats = try await service.exports.formats(of: call.id("project"))
        return .json { writer in
            writer.array { writer in
                for format in formats { format.write(to: &writer) }
            }
        }
    }

    private func export(_ call: Call) async throws -> Response {
        let query = call.query
        let request = ExportRequest(
            project: try call.id("project"),
            format: query["exportType"] ?? query["export_type"] ?? "JSON",
            settings: query["settings"].flatMap { $0.isEmpty ? nil : Array($0.utf8) },
            includesUnannotated: try query.bool("download_all_tasks", default: false),
            ids: try query.integers("ids[]", "ids")?.map(TaskID.init(rawValue:))
        )
        let result = try await service.exports.export(request, by: call.user)
        let name = result.fileName
        let report = "/api/projects/\(request.project)/export/reports/\(result.report)"
        return Response(
            status: .ok,
            headers: [
                .contentType: result.mediaType,
                .contentDisposition:
                    "attachment; filename=\"\(Self.plain(name))\"; "
                    + "filename*=UTF-8''\(PercentEncoding.encodePath(name))",
                .fileName: Self.plain(name),
                .exportReport: report,
            ],
            body: ResponseBody { [chunks = result.chunks] writer in
                // An error in the middle leaves the body without its end, so that no client takes
                // half a file for a whole one.
                for try await chunk in chunks { try await writer.write(ByteBuffer(bytes: chunk)) }
                try await writer.finish(nil)
            }
        )
    }

    private func report(_ call: Call) async throws -> Response {
        let report = try service.exports.report(call.name("report"), of: call.id("project"))
        return .json { report.write(to: &$0) }
    }

    /// A name with nothing in it that a header could not hold.
    private static func plain(_ name: String) -> String {
        String(
            name.unicodeScalars.map { scalar in
                scalar.isASCII && scalar.value >= 0x20 && scalar != "\"" && scalar != "\\"
                    ? Character(scalar) : "_"
            }
        )
    }
}

extension ExportReport {
    fileprivate func write(to writer: inout JSONWriter) {
        let (name, losses, failure): (String, [LossReport.Entry], ServiceError?) =
            switch state {
            case .running: ("running", [], nil)
            case .finished(let losses): ("finished", losses.entries, nil)
            case .failed(let failure): ("failed", [], failure)
            }
        writer.object { writer in
            writer.member("id", id)
            writer.member("project", project)
            writer.member("format", format)
            writer.member("created_at", createdAt)
            writer.member("state", name)
            writer.key("losses")
            writer.losses(LossReport(entries: losses))
            writer.key("error")
            if let failure {
                writer.object { writer in
                    writer.member("code", failure.code)
                    writer.member("detail", failure.message)
                    writer.member("hint", failure.hint)
                }
            } else {
                writer.null()
            }
        }
    }
}

extension ExportFormat {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", name)
            writer.member("title", title)
            writer.member("description", description)
            writer.member("link", "")
            writer.key("tags")
            writer.array { _ in }
            writer.member("media_type", mediaType)
            writer.member("extension", fileExtension)
            writer.member("plugin", plugin.id)
            writer.member("version", plugin.version)
            writer.member("disabled", isDisabled)
            writer.key("reason")
            reason.write(to: &writer)
        }
    }
}
