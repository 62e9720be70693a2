/// One SQL statement of this module; its identity is the key of the prepared-statement cache.
///
/// Statements are kept in static properties, so that looking up a prepared one hashes a pointer
/// and not hundreds of characters.
final class SQLText: Sendable {
    let text: String

    init(_ text: String) {
        self.text = text
    }
}
