/// What a JSON value may be, as the OpenAPI document says it (JSON Schema 2020-12).
indirect enum Schema: Sendable {
    case any, boolean, integer, number, string, dateTime
    case nullable(Schema)
    case array(Schema)
    /// An object with names that are not known beforehand.
    case map(Schema)
    case object([Member])
    case oneOf([String])
    case reference(Component)

    /// One member of an object.
    struct Member: Sendable {
        let name: String
        let schema: Schema
        let isRequired: Bool

        init(_ name: String, _ schema: Schema, isRequired: Bool = true) {
            self.name = name
            self.schema = schema
            self.isRequired = isRequired
        }

        /// A member that may be missing.
        static func optional(_ name: String, _ schema: Schema) -> Member {
            Member(name, schema, isRequired: false)
        }
    }
}
