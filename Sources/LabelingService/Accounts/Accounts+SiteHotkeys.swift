import Contracts
public import LabelModel
import ValueTree

/// The keys that everybody begins with on this site.
extension Accounts {
    private static let siteHotkeysName = "site_hotkeys"
    private static let mostSiteHotkeys = 200

    /// A JSON object of `{key, mac, description, active}` by the name of a command.
    public func siteHotkeys() async throws(ServiceError) -> RawJSON {
        try await stored(await storage.settings.value(Self.siteHotkeysName)) ?? .emptyObject
    }

    /// Replaces them all; an empty object gives the product's own keys back.
    ///
    /// - Throws: ``ServiceError`` `body_field_invalid` with the place of what is wrong.
    public func setSiteHotkeys(
        _ hotkeys: RawJSON,
        by user: User
    ) async throws(ServiceError) {
        try user.requireAdministrator(to: "decide which keys everybody begins with")
        let fields = try JSONText.parse(hotkeys.bytes)
        guard fields.count <= Self.mostSiteHotkeys else {
            throw .invalidField("hotkeys", "At most \(Self.mostSiteHotkeys) keys can be set.")
        }
        for member in fields.members {
            guard member.name.utf8.count <= 200 else {
                throw .invalidField("hotkeys", "The name of a command is too long.")
            }
            try Self.check(member.value, at: "hotkeys/\(member.name)")
        }
        try await stored(await storage.settings.set(Self.siteHotkeysName, to: hotkeys))
    }

    private static func check(_ hotkey: JSONText, at place: String) throws(ServiceError) {
        guard hotkey.kind == .object else {
            throw .invalidField(place, "A key is an object such as {\"key\": \"ctrl+k\"}.")
        }
        for member in hotkey.members {
            let name = member.name
            switch name {
            case "key", "mac", "description":
                guard let text = member.value.string, text.utf8.count <= 500 else {
                    throw .invalidField("\(place)/\(name)", "This is a text of up to 500 bytes.")
                }
            case "active":
                guard member.value.kind == .bool else {
                    throw .invalidField("\(place)/active", "This is true or false.")
                }
            default:
                throw .invalidField(
                    "\(place)/\(name)",
                    "\"\(name)\" is no part of a key.",
                    hint: "The parts are key, mac, description and active."
                )
            }
        }
        guard hotkey["key"] != nil || hotkey["active"]?.bool == false else {
            throw .invalidField(place, "A key that is active says which one it is, in \"key\".")
        }
    }
}
