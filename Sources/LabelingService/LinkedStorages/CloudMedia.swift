public import Contracts
public import LabelModel

/// Objects that tasks refer to by `s3://bucket/key`, fetched by the daemon: the browser never asks
/// another server, and the secrets stay here.
extension LinkedStorages {
    /// An object of a bucket that is linked with a project.
    ///
    /// - `address`: Such as `s3://bucket/key`.
    /// - `range`: Value of the header `Range`, or nil for all of it.
    ///
    /// Throws ``ServiceError`` `not_found` when no linked storage holds it.
    public func media(
        _ address: String,
        of project: ProjectID,
        range: String?
    ) async throws(ServiceError) -> (name: String, stream: OutboundStream) {
        let scheme = "s3://"
        let rest = address.dropFirst(scheme.count)
        guard address.hasPrefix(scheme), let slash = rest.firstIndex(of: "/") else {
            throw .notFound("The object")
        }
        let bucketName = rest[..<slash]
        let key = String(rest[rest.index(after: slash)...])
        let storages = try await stored(await storage.linkedStorages.storages(of: project))
        let linked = storages.first { linked in
            linked.settings.kind == .s3 && linked.settings.direction == .imports
                && linked.settings.bucket == bucketName
                && key.hasPrefix(linked.settings.keyPrefix)
        }
        guard let linked, !key.isEmpty else { throw .notFound("The object") }
        do {
            return (key, try await bucket(linked.settings).open(key, range: range))
        } catch {
            throw (error as? BucketError).map { ServiceError($0) }
                ?? (error as? ServiceError) ?? .notFound("The object")
        }
    }
}
