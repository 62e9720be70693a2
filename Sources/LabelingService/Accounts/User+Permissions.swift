import LabelModel

extension User {
    /// Refuses what only administrators may do.
    ///
    /// - `action`: What it is, to follow "Only administrators may".
    func requireAdministrator(to action: String) throws(ServiceError) {
        guard role == .administrator else {
            throw ServiceError(
                .forbidden,
                "forbidden",
                "Only administrators may \(action).",
                hint: "Ask an administrator of this installation."
            )
        }
    }
}
