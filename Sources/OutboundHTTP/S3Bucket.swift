public import Contracts
import LabelModel

/// Buckets of S3 and of services that speak its protocol.
public struct S3Opener: BucketOpener {
    private let client: any OutboundClient
    private let clock: any WallClock

    public init(client: any OutboundClient, clock: any WallClock) {
        self.client = client
        self.clock = clock
    }

    public func bucket(at location: BucketLocation) -> any ObjectBucket {
        S3Bucket(location: location, client: client, clock: clock)
    }
}

/// One bucket.
struct S3Bucket: ObjectBucket {
    private static let maxListBytes = 16 << 20

    let location: BucketLocation
    let client: any OutboundClient
    let clock: any WallClock

    func list(
        prefix: String,
        isRecursive: Bool,
        from position: String?,
        limit: Int
    ) async throws(BucketError) -> BucketPage {
        var query = [
            (name: "list-type", value: "2"), (name: "encoding-type", value: "url"),
            (name: "max-keys", value: String(max(1, min(limit, 1_000)))),
        ]
        if !prefix.isEmpty { query.append(("prefix", prefix)) }
        if !isRecursive { query.append(("delimiter", "/")) }
        if let position { query.append(("continuation-token", position)) }
        let response = try await send(.get, key: nil, query: query, limit: Self.maxListBytes)
        let answer = S3Answer(response.body)
        guard answer.first("Name") != nil || answer.first("KeyCount") != nil else {
            throw BucketError(.unreachable, "\(place) does not answer as S3 does.")
        }
        let isCut = answer.first("IsTruncated") == "true"
        return BucketPage(
            objects: answer.objects,
            next: isCut ? answer.first("NextContinuationToken") : nil
        )
    }

    func read(_ key: String, limit: Int) async throws(BucketError) -> [UInt8] {
        try await send(.get, key: key, limit: limit).body
    }

    func open(_ key: String, range: String?) async throws(BucketError) -> OutboundStream {
        var request = request(.get, key: key)
        if let range { request.headers.append(("Range", range)) }
        let stream: OutboundStream
        do {
            stream = try await client.open(request)
        } catch {
            throw BucketError(.unreachable, error.message)
        }
        if stream.head.isSuccess || stream.head.status == 416 { return stream }
        var head = stream.head
        head.body = []
        throw refusal(head, key: key)
    }

    func write(_ bytes: [UInt8], to key: String) async throws(BucketError) {
        var headers = [(name: "content-type", value: "application/json")]
        if let encryptionKey = location.encryptionKey {
            headers.append(("x-amz-server-side-encryption", "aws:kms"))
            headers.append(("x-amz-server-side-encryption-aws-kms-key-id", encryptionKey))
        }
        _ = try await send(.put, key: key, headers: headers, body: bytes, limit: 1 << 20)
    }

    func delete(_ key: String) async throws(BucketError) {
        _ = try await send(.delete, key: key, limit: 1 << 20)
    }

    // MARK: Requests

    private func send(
        _ method: OutboundRequest.Method,
        key: String?,
        query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        limit: Int
    ) async throws(BucketError) -> OutboundResponse {
        var request = request(method, key: key, query: query, headers: headers, body: body)
        request.maxResponseBytes = limit
        let response: OutboundResponse
        do {
            response = try await client.send(request)
        } catch {
            throw BucketError(.unreachable, error.message)
        }
        guard response.isSuccess else { throw refusal(response, key: key) }
        return response
    }

    private func request(
        _ method: OutboundRequest.Method,
        key: String?,
        query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) -> OutboundRequest {
        let (base, host, folder) = address
        let path = folder + "/" + (key.map { S3Signer.encode($0, keepsSlashes: true) } ?? "")
        // 2013-05-24T00:00:00.000000Z without what the protocol leaves out.
        let moment = String(decoding: clock.now().iso8601.prefix(19), as: UTF8.self)
        let date = moment.filter { $0 != "-" && $0 != ":" } + "Z"
        let signed = S3Signer(location: location).headers(
            method: method.rawValue,
            host: host,
            path: path,
            query: query,
            headers: headers,
            body: body,
            date: date
        )
        let text = S3Signer.canonical(query)
        return OutboundRequest(
            method,
            base + path + (text.isEmpty ? "" : "?" + text),
            headers: signed,
            body: body,
            timeout: .seconds(60)
        )
    }

    /// The service's base address, its host, and the path of the bucket there.
    private var address: (base: String, host: String, folder: String) {
        let bucket = S3Signer.encode(location.bucket)
        if let endpoint = location.endpoint {
            var base = endpoint
            while base.hasSuffix("/") { base.removeLast() }
            let scheme = base.scheme(among: ["https://", "http://"])
            let rest = base.dropFirst(scheme.count)
            let host = rest.prefix { $0 != "/" }
            let isStandard =
                scheme == "https://" && host.hasSuffix(":443")
                || scheme == "http://" && host.hasSuffix(":80")
            let sent = isStandard ? host.prefix { $0 != ":" } : host
            return (scheme + host, String(sent), rest.dropFirst(host.count) + "/" + bucket)
        }
        let service = "s3.\(location.region).amazonaws.com"
        // Certificates of the service cover one label before its name.
        let host = location.bucket.contains(".") ? service : "\(location.bucket).\(service)"
        return ("https://" + host, host, location.bucket.contains(".") ? "/" + bucket : "")
    }

    private var place: String { location.endpoint ?? "Amazon S3" }

    private func refusal(_ response: OutboundResponse, key: String?) -> BucketError {
        let answer = S3Answer(response.body)
        switch (response.status, answer.first("Code")) {
        case (_, "NoSuchBucket"?):
            return BucketError(
                .bucketMissing,
                "There is no bucket “\(location.bucket)” at \(place)."
            )
        case (_, "InvalidAccessKeyId"?):
            return BucketError(.accessDenied, "\(place) does not know the access key.")
        case (_, "SignatureDoesNotMatch"?):
            return BucketError(.accessDenied, "The secret access key is wrong.")
        case (401, _), (403, _):
            return BucketError(
                .accessDenied,
                "\(place) denies access to bucket “\(location.bucket)”."
            )
        case (404, _):
            return key.map {
                BucketError(.objectMissing, "There is no object “\($0)” in the bucket.")
            } ?? BucketError(.bucketMissing, "There is no bucket at \(place).")
        case (301, _), (307, _), (400, "AuthorizationHeaderMalformed"?):
            return BucketError(
                .accessDenied,
                "Bucket “\(location.bucket)” is in another region than “\(location.region)”."
            )
        case (let status, let code):
            let reason = answer.first("Message") ?? code ?? "no reason"
            return BucketError(.unreachable, "\(place) answers \(status): \(reason)")
        }
    }
}

extension String {
    /// The scheme that the text begins with, or nothing.
    fileprivate func scheme(among schemes: [String]) -> String {
        schemes.first { hasPrefix($0) } ?? ""
    }
}
