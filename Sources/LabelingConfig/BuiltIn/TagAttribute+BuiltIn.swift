/// Short spellings for the tables of built-in tags.
extension TagAttribute {
    /// The name that results and other tags use.
    static let name = identifier("name", required: true)
    /// The object tags that a control works on.
    static let toName = reference("toName", required: true)
    /// What an object tag shows.
    static let value = field("value", required: true)
    static let hotkey = text("hotkey")
    static let snap = word("snap", ["pixel", "none"], default: "none")
    /// Where to load the value from, when not from the task itself.
    static let resolver = text("resolver")

    static func text(
        _ name: String,
        default value: String? = nil,
        required: Bool = false
    ) -> TagAttribute {
        TagAttribute(name, .text, default: value, required: required)
    }

    static func flag(_ name: String, default value: Bool? = nil) -> TagAttribute {
        TagAttribute(name, .boolean, default: value.map { $0 ? "true" : "false" })
    }

    static func number(_ name: String, default value: String? = nil) -> TagAttribute {
        TagAttribute(name, .number, default: value)
    }

    static func integer(_ name: String) -> TagAttribute {
        TagAttribute(name, .integer)
    }

    static func color(_ name: String, default value: String? = nil) -> TagAttribute {
        TagAttribute(name, .color, default: value)
    }

    static func word(
        _ name: String,
        _ words: [String],
        default value: String? = nil
    ) -> TagAttribute {
        TagAttribute(name, .choice(words), default: value)
    }

    static func identifier(_ name: String, required: Bool = false) -> TagAttribute {
        TagAttribute(name, .identifier, required: required)
    }

    static func reference(_ name: String, required: Bool = false) -> TagAttribute {
        TagAttribute(name, .reference, required: required)
    }

    static func field(_ name: String, required: Bool = false) -> TagAttribute {
        TagAttribute(name, .taskField, required: required)
    }
}
