/// Where objects lie in a store that speaks S3, and who asks.
public struct BucketLocation: Hashable, Sendable {
    public var bucket: String
    /// Base address of the service; nil for Amazon's own.
    public var endpoint: String?
    public var region: String
    public var accessKey: String
    public var secretKey: String
    /// Of temporary credentials.
    public var sessionToken: String?
    /// Name of the key that the service encrypts new objects with.
    public var encryptionKey: String?

    public init(
        bucket: String,
        endpoint: String? = nil,
        region: String = "us-east-1",
        accessKey: String,
        secretKey: String,
        sessionToken: String? = nil,
        encryptionKey: String? = nil
    ) {
        self.bucket = bucket
        self.endpoint = endpoint
        self.region = region
        self.accessKey = accessKey
        self.secretKey = secretKey
        self.sessionToken = sessionToken
        self.encryptionKey = encryptionKey
    }
}

/// One object of a bucket.
public struct BucketObject: Hashable, Sendable {
    public var key: String
    /// Changes with the content.
    public var tag: String
    public var byteCount: Int64
    /// ISO 8601, as the service tells it.
    public var modifiedAt: String

    public init(key: String, tag: String, byteCount: Int64, modifiedAt: String) {
        self.key = key
        self.tag = tag
        self.byteCount = byteCount
        self.modifiedAt = modifiedAt
    }
}

/// Some objects of a bucket, by key.
public struct BucketPage: Hashable, Sendable {
    public var objects: [BucketObject]
    /// Where the next page begins; nil on the last one.
    public var next: String?

    public init(objects: [BucketObject], next: String?) {
        self.objects = objects
        self.next = next
    }
}

/// Why a bucket did not do what it was asked to.
public struct BucketError: Error, Hashable, Sendable {
    public enum Code: String, Hashable, Sendable {
        /// Credentials are wrong, or may not do this.
        case accessDenied = "access_denied"
        case bucketMissing = "bucket_missing"
        case objectMissing = "object_missing"
        /// The service could not be asked, or is at fault.
        case unreachable
    }

    public var code: Code
    /// A sentence that a person can act on.
    public var message: String

    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

/// A bucket of objects, such as S3's.
public protocol ObjectBucket: Sendable {
    /// Objects whose keys begin with a prefix, in the order of their keys.
    ///
    /// `prefix`: Of the keys; empty for all. `isRecursive`: False leaves out keys with a further
    /// slash. `position`: `next` of the page before; nil for the first one. `limit`: At most so
    /// many; the service may give fewer.
    func list(prefix: String, isRecursive: Bool, from position: String?, limit: Int)
        async throws(BucketError) -> BucketPage

    /// A whole object, which must not have more than `limit` bytes.
    func read(_ key: String, limit: Int) async throws(BucketError) -> [UInt8]

    /// An object as it comes in.
    ///
    /// `range`: Value of the header `Range`, or nil for all of it.
    func open(_ key: String, range: String?) async throws(BucketError) -> OutboundStream

    func write(_ bytes: [UInt8], to key: String) async throws(BucketError)

    func delete(_ key: String) async throws(BucketError)
}

/// Opens buckets; nothing is asked before the bucket is.
public protocol BucketOpener: Sendable {
    func bucket(at location: BucketLocation) -> any ObjectBucket
}

/// For programs that never ask object stores: every bucket refuses.
public struct NoBuckets: BucketOpener, ObjectBucket {
    public init() {}

    public func bucket(at location: BucketLocation) -> any ObjectBucket { self }

    public func list(prefix: String, isRecursive: Bool, from position: String?, limit: Int)
        async throws(BucketError) -> BucketPage
    {
        throw Self.refusal
    }

    public func read(_ key: String, limit: Int) async throws(BucketError) -> [UInt8] {
        throw Self.refusal
    }

    public func open(_ key: String, range: String?) async throws(BucketError) -> OutboundStream {
        throw Self.refusal
    }

    public func write(_ bytes: [UInt8], to key: String) async throws(BucketError) {
        throw Self.refusal
    }

    public func delete(_ key: String) async throws(BucketError) { throw Self.refusal }

    private static let refusal = BucketError(
        .unreachable,
        "This program asks no object stores."
    )
}
