import LabelModel
import LabelingConfig

/// Writes a tag of a labeling config as tag.h describes an element.
enum TagElement {
    /// `{tag, attributes, children, objects}` as JSON; `objects` are the object tags that the
    /// element's `toName` refers to, by name.
    static func json(_ tag: ConfigTag, in config: LabelingConfig) -> [UInt8] {
        let names = tag["toName"]?.split(separator: ",").map { name in
            String(name.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        }
        var writer = JSONWriter()
        writer.object { writer in
            members(of: tag, to: &writer)
            writer.key("objects")
            writer.object { writer in
                for name in names ?? [] {
                    guard let object = config.object(named: name) else { continue }
                    writer.key(name)
                    write(object.tag, to: &writer)
                }
            }
        }
        return writer.bytes
    }

    private static func write(_ tag: ConfigTag, to writer: inout JSONWriter) {
        writer.object { members(of: tag, to: &$0) }
    }

    private static func members(of tag: ConfigTag, to writer: inout JSONWriter) {
        writer.member("tag", tag.name)
        writer.key("attributes")
        writer.object { writer in
            for attribute in tag.attributes {
                writer.key(attribute.name)
                writer.value(attribute.value)
            }
        }
        writer.key("children")
        writer.array { writer in
            for child in tag.children { write(child, to: &writer) }
        }
    }
}
