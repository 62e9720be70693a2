internal import Contracts
internal import HTTPTypes
internal import LabelModel
internal import LabelingConfig
internal import LabelingService
internal import ValueTree

extension APIError {
    /// What the service refused.
    init(_ error: ServiceError) {
        self.init(
            HTTPResponse.Status(code: error.kind.statusCode),
            error.code,
            error.message,
            hint: error.hint,
            place: error.place.map(Place.init) ?? error.field.map { .pointer("/\($0)") }
        )
        cause = error.cause
        if let field = error.field {
            detail = "Validation error"
            fields = [(field, error.problems.isEmpty ? [error.message] : error.problems)]
        } else if !error.problems.isEmpty {
            detail = "Validation error"
            fields = [("non_field_errors", error.problems)]
        }
        switch error.kind {
        case .unauthenticated: headers[.wwwAuthenticate] = "Token"
        case .busy: headers[.retryAfter] = "1"
        default: break
        }
        if let report = error.packageReport { add("report") { report.write(to: &$0) } }
        if let unavailability = error.unavailability {
            add("plugin") { writer in
                writer.object { writer in
                    writer.member("id", unavailability.plugin.id)
                    writer.member("version", unavailability.plugin.version)
                    writer.member("name", unavailability.plugin.name)
                    writer.member("state", unavailability.state)
                }
            }
            add("can_enable") { $0.value(unavailability.whoCanEnable) }
        } else if let plugin = error.plugin {
            add("plugin") { writer in
                writer.object { writer in
                    writer.member("id", plugin.id)
                    writer.member("version", plugin.version)
                }
            }
        }
    }

    /// Adds a member to the envelope.
    mutating func add(_ name: String, _ write: (inout JSONWriter) -> Void) {
        var writer = JSONWriter()
        write(&writer)
        more.append((name, RawJSON(checked: writer.bytes)))
    }

    /// A body that is not JSON.
    init(json error: JSONTextError) {
        self.init(
            .badRequest,
            error.code.rawValue,
            "JSON parse error - \(error.message)",
            hint: "Correct the text there; the column counts bytes.",
            place: .line(error.line, column: error.column)
        )
    }

    /// A body that is not multipart.
    init(multipart error: MultipartError) {
        self.init(
            .badRequest,
            "multipart_invalid",
            error.message,
            place: .offset(error.offset)
        )
    }
}

extension APIError.Place {
    init(_ place: ServiceError.Place) {
        switch place {
        case .line(let line, let column): self = .line(line, column: column)
        case .pointer(let pointer): self = .pointer(pointer)
        case .row(let row, let column): self = .row(row, column: column)
        case .offset(let offset): self = .offset(offset)
        }
    }
}
