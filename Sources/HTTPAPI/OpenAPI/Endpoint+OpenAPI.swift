internal import HTTPTypes
internal import LabelModel

extension Endpoint {
    /// Path parameters that are text; the others are identifiers.
    private static let textParameters: Set<String> = [
        "action", "digest", "id", "name", "path", "version",
    ]

    /// Names the operation: the method and the path without what stands between braces.
    var operationID: String {
        let words = path.split(whereSeparator: { "/-.".contains($0) }).map { word in
            word.hasPrefix("{")
                ? "by_" + word.dropFirst().prefix { $0 != "}" && $0 != "*" } : String(word)
        }
        return ([method.rawValue.lowercased()] + words).joined(separator: "_")
    }

    /// Writes the endpoint's operation object.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("operationId", operationID)
            writer.member("summary", summary)
            writer.key("tags")
            writer.strings([group.rawValue])
            writeSecurity(to: &writer)
            writeParameters(to: &writer)
            if let body { body.write(to: &writer) }
            writer.key("responses")
            writer.object { writer in
                var written: Set<Int> = []
                for answer in answers where written.insert(answer.status.code).inserted {
                    writer.key(String(answer.status.code))
                    answer.write(to: &writer)
                }
                // Not `default`, which would let any answer pass for a described one.
                writer.key("4XX")
                Answer.json(.badRequest, .reference(.error), "Refused.").write(to: &writer)
                writer.key("5XX")
                Answer.json(.serviceUnavailable, .reference(.error), "Not now.").write(to: &writer)
            }
        }
    }

    private func writeSecurity(to writer: inout JSONWriter) {
        writer.key("security")
        writer.array { writer in
            guard access != .anyone else { return }
            if access == .anyoneKnown { writer.object { _ in } }
            for scheme in ["token", "web_token", "session"] {
                writer.object { writer in
                    writer.key(scheme)
                    writer.array { _ in }
                }
            }
        }
    }

    private func writeParameters(to writer: inout JSONWriter) {
        guard !pathParameters.isEmpty || !query.isEmpty else { return }
        writer.key("parameters")
        writer.array { writer in
            for name in pathParameters {
                writer.object { writer in
                    writer.member("name", name)
                    writer.member("in", "path")
                    writer.member("required", true)
                    writer.key("schema")
                    let schema: Schema = Self.textParameters.contains(name) ? .string : .integer
                    schema.write(to: &writer)
                }
            }
            for parameter in query {
                writer.object { writer in
                    writer.member("name", parameter.name)
                    writer.member("in", "query")
                    writer.member("description", parameter.description)
                    writer.key("schema")
                    parameter.schema.write(to: &writer)
                }
            }
        }
    }
}

extension BodyShape {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("requestBody")
        writer.object { writer in
            writer.member("required", isRequired)
            writer.key("content")
            writer.object { writer in
                for (mediaType, schema) in content {
                    writer.key(mediaType)
                    writer.object { writer in
                        writer.key("schema")
                        schema.write(to: &writer)
                    }
                }
            }
        }
    }
}

extension Answer {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("description", description)
            guard let content else { return }
            writer.key("content")
            writer.object { writer in
                writer.key(content.mediaType)
                writer.object { writer in
                    writer.key("schema")
                    content.schema.write(to: &writer)
                }
            }
        }
    }
}
