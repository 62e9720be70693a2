public import LabelModel

/// Keeps small things that have no table of their own, by name: of the site, and of each user.
public protocol SettingStore: Sendable {
    /// A setting of the site, or nil when nobody has set it.
    func value(_ name: String) async throws(StorageError) -> RawJSON?

    func set(_ name: String, to value: RawJSON) async throws(StorageError)

    /// Sets what nobody has set yet.
    ///
    /// - Returns: What is in force: `value`, or what was there.
    func setIfMissing(_ name: String, to value: RawJSON) async throws(StorageError) -> RawJSON

    /// A setting of one user.
    func value(_ name: String, of user: UserID) async throws(StorageError) -> RawJSON?

    /// - Throws: ``StorageError`` `notFound` without the user.
    func set(_ name: String, of user: UserID, to value: RawJSON) async throws(StorageError)
}
