internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel

extension APIError {
    /// The answer that tells the client; `id` names the error there and in the log.
    func response(id: String, version: String) -> Response {
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            writer.member("id", id)
            writer.member("status_code", status.code)
            writer.member("version", version)
            writer.member("detail", detail)
            writer.nullMember("exc_info")
            if let fields {
                writer.key("validation_errors")
                writer.object { writer in
                    for field in fields {
                        writer.key(field.name)
                        writer.strings(field.messages)
                    }
                }
            }
            writer.member("code", code)
            if let place {
                writer.key("place")
                writer.object { place.write(to: &$0) }
            }
            if let hint { writer.member("hint", hint) }
            for member in more {
                writer.key(member.name)
                writer.value(member.value)
            }
        }
        return Response(status: status, headers: headers, json: writer)
    }

    /// Names an error; made only when there is one.
    static func makeID() -> String {
        UUID().uuidString.lowercased()
    }
}

extension APIError.Place {
    fileprivate func write(to writer: inout JSONWriter) {
        switch self {
        case .line(let line, let column):
            writer.member("line", line)
            writer.member("column", column)
        case .pointer(let pointer):
            writer.member("pointer", pointer)
        case .row(let row, let column):
            writer.member("row", row)
            writer.member("column", column)
        case .offset(let offset):
            writer.member("offset", offset)
        }
    }
}
