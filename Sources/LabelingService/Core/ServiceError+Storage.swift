import Contracts

extension ServiceError {
    /// What a store's refusal means to the one who asked.
    init(_ error: StorageError) {
        switch error.code {
        case .notFound: self.init(.notFound, "not_found", error.message)
        case .duplicate: self.init(.conflict, "duplicate", error.message)
        case .staleRevision:
            self.init(
                .conflict,
                "stale_revision",
                error.message,
                hint: "Read it again, then repeat the change on what is there now."
            )
        case .invalid:
            guard let place = error.place else {
                self.init(.invalid, "invalid", error.message)
                break
            }
            self.init(.invalid, "filter_invalid", error.message, at: .pointer(place))
        case .busy:
            self.init(.busy, "storage_busy", error.message, hint: "Try again in a moment.")
        case .full:
            self.init(
                .storageFull,
                "storage_full",
                error.message,
                hint: "Nothing was stored. Make room on the disk of the data directory."
            )
        case .corrupt, .unavailable: self.init(.failed, "storage_failed", error.message)
        }
        cause = error.cause
    }
}

/// Runs a call of a store and tells its failure in the service's words.
func stored<Value>(
    _ work: @autoclosure () async throws(StorageError) -> Value
) async throws(ServiceError) -> Value {
    do {
        return try await work()
    } catch {
        throw ServiceError(error)
    }
}
