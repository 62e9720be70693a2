import Contracts
import OutboundHTTP
import Testing

/// Amazon's published examples of Signature Version 4 for S3.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html>
struct S3SignerTests {
    private static let signer = S3Signer(
        location: BucketLocation(
            bucket: "examplebucket",
            accessKey: "AKIAIOSFODNN7EXAMPLE",
            secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
        )
    )

    struct Example: Sendable, CustomTestStringConvertible {
        let method: String
        let path: String
        var query: [(name: String, value: String)] = []
        var headers: [(name: String, value: String)] = []
        var body = ""
        let signature: String

        var testDescription: String { "\(method) \(path)" }
    }

    private static let examples = [
        Example(
            method: "GET",
            path: "/test.txt",
            headers: [("range", "bytes=0-9")],
            signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        ),
        Example(
            method: "PUT",
            path: "/test%24file.text",
            headers: [
                ("date", "Fri, 24 May 2013 00:00:00 GMT"),
                ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
            ],
            body: "Welcome to Amazon S3.",
            signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        ),
        Example(
            method: "GET",
            path: "/",
            query: [("lifecycle", "")],
            signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
        ),
        Example(
            method: "GET",
            path: "/",
            query: [("max-keys", "2"), ("prefix", "J")],
            signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        ),
    ]

    @Test(arguments: S3SignerTests.examples)
    func `the signature is that of the published example`(_ example: Example) throws {
        let headers = Self.signer.headers(
            method: example.method,
            host: "examplebucket.s3.amazonaws.com",
            path: example.path,
            query: example.query,
            headers: example.headers,
            body: Array(example.body.utf8),
            date: "20130524T000000Z"
        )
        let authorization = try #require(headers.last { $0.name == "Authorization" }?.value)
        #expect(authorization.hasSuffix("Signature=\(example.signature)"))
    }

    @Test func `a path keeps its slashes and encodes all else`() {
        let key = "a b/ä+c=~.txt"
        #expect(S3Signer.encode(key, keepsSlashes: true) == "a%20b/%C3%A4%2Bc%3D~.txt")
        #expect(S3Signer.encode("/") == "%2F")
        #expect(S3Signer.canonical([("b", "1"), ("a", "x y"), ("a", "")]) == "a=&a=x%20y&b=1")
    }

    @Test func `temporary credentials bring their token along`() {
        let location = BucketLocation(
            bucket: "b",
            accessKey: "a",
            secretKey: "s",
            sessionToken: "t"
        )
        let headers = S3Signer(location: location).headers(
            method: "GET",
            host: "h",
            path: "/",
            query: [],
            headers: [],
            body: [],
            date: "20130524T000000Z"
        )
        #expect(headers.contains { $0.name == "x-amz-security-token" && $0.value == "t" })
        #expect(headers.last?.value.contains("x-amz-date;x-amz-security-token") == true)
    }
}
