public import Contracts
public import LabelingConfig

/// Why something that a person or a program asked for was not done.
///
/// Programs switch on ``code``, people read ``message`` and ``hint``, ``place`` tells where in what
/// they sent, and ``cause`` is for the log alone.
public struct ServiceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The class of the failure; each stands for one status of HTTP.
    public enum Kind: Int, Hashable, Sendable {
        case invalid = 400
        case unauthenticated = 401
        case forbidden = 403
        case notFound = 404
        case conflict = 409
        case tooLarge = 413
        case failed = 500
        case busy = 503
        case storageFull = 507

        public var statusCode: Int { rawValue }
    }

    /// Where in the input something is wrong.
    public enum Place: Hashable, Sendable {
        /// Line and column of a text, both from 1.
        case line(Int, column: Int)
        /// A JSON pointer (RFC 6901).
        case pointer(String)
        /// Row and column of a table, both from 1; row 1 is the header.
        case row(Int, column: Int)
        /// Bytes before the fault.
        case offset(Int)
    }

    public var kind: Kind
    /// Stable and part of the HTTP API.
    public var code: String
    /// A sentence that a person can act on.
    public var message: String
    public var hint: String?
    public var place: Place?
    /// The field of the request that is concerned.
    public var field: String?
    /// One sentence for each fault when there are several; at most 100.
    public var problems: [String] = []
    /// For a tag that could be enabled: which plugin has it, and who may do so.
    public var unavailability: TagUnavailability?
    public var plugin: PluginVersion?
    /// What the verification of a package found, when it was refused.
    public var packageReport: PackageReport?
    /// What the engine below said; never shown to a client.
    public var cause: String?

    public init(
        _ kind: Kind,
        _ code: String,
        _ message: String,
        hint: String? = nil,
        at place: Place? = nil,
        field: String? = nil
    ) {
        self.kind = kind
        self.code = code
        self.message = message
        self.hint = hint ?? Self.defaultHint(kind, code)
        self.place = place
        self.field = field
    }

    public var description: String {
        cause.map { "\(code): \(message) (\($0))" } ?? "\(code): \(message)"
    }
}

extension ServiceError {
    /// There is no such thing, or none that the caller may know of.
    static func notFound(_ what: String) -> ServiceError {
        ServiceError(.notFound, "not_found", "\(what) was not found.")
    }

    /// A member of a JSON body has the wrong form.
    static func invalidField(
        _ field: String,
        _ message: String,
        hint: String? = nil
    ) -> ServiceError {
        ServiceError(
            .invalid,
            "body_field_invalid",
            message,
            hint: hint,
            at: .pointer("/\(field)"),
            field: field
        )
    }
}
