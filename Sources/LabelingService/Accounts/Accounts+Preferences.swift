import Contracts
public import LabelModel
import ValueTree

/// What users keep for themselves.
extension Accounts {
    private static let hotkeysName = "hotkeys"
    /// Bytes of all of a user's hotkeys.
    private static let hotkeysLimit = 100_000

    /// A JSON object as the user's client sent it.
    public func hotkeys(of user: User) async throws(ServiceError) -> RawJSON {
        let kept = try await stored(
            await storage.settings.value(Self.hotkeysName, of: user.id)
        )
        return kept ?? .emptyObject
    }

    public func setHotkeys(_ hotkeys: RawJSON, of user: User) async throws(ServiceError) {
        guard hotkeys.bytes.count <= Self.hotkeysLimit else {
            throw .invalidField("custom_hotkeys", "Hotkeys have at most 100000 bytes.")
        }
        try await stored(
            await storage.settings.set(Self.hotkeysName, of: user.id, to: hotkeys)
        )
    }

    /// How far the user is with a tour of the pages, or nil when they have not begun.
    public func tourState(_ name: String, of user: User) async throws(ServiceError) -> String? {
        let kept = try await stored(await storage.settings.value("tour \(name)", of: user.id))
        guard let kept else { return nil }
        return try JSONText.parse(kept.bytes).string
    }

    public func setTourState(
        _ name: String,
        _ state: String,
        of user: User
    ) async throws(ServiceError) {
        guard state.utf8.count <= 200 else { throw .invalidField("state", "This is too long.") }
        var writer = JSONWriter()
        writer.value(state)
        try await stored(
            await storage.settings.set(
                "tour \(name)",
                of: user.id,
                to: RawJSON(checked: writer.bytes)
            )
        )
    }
}
