import Contracts
import OutboundHTTP
import Testing

struct S3AnswerTests {
    private static let list = """
        <?xml version="1.0" encoding="UTF-8"?>
        <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name>
        <IsTruncated>true</IsTruncated><NextContinuationToken>t&amp;1</NextContinuationToken>
        <Contents><Key>a%2Fb%20%C3%A4%2B.jpg</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>
        <ETag>&quot;e1&quot;</ETag><Size>7</Size></Contents>
        <Contents><Key>c</Key><ETag>"e2"</ETag><Size>x</Size></Contents>
        </ListBucketResult>
        """

    @Test func `objects and places of a list are found`() {
        let answer = S3Answer(Array(Self.list.utf8))
        #expect(answer.first("IsTruncated") == "true")
        #expect(answer.first("NextContinuationToken") == "t&1")
        #expect(answer.objects.map(\.key) == ["a/b ä+.jpg", "c"])
        #expect(answer.objects.map(\.tag) == ["e1", "e2"])
        #expect(answer.objects.map(\.byteCount) == [7, 0])
    }

    @Test func `what is cut off or damaged anywhere finds less and never fails`() {
        let bytes = Array(Self.list.utf8)
        for length in 0..<bytes.count {
            #expect(S3Answer(Array(bytes.prefix(length))).objects.count <= 2)
        }
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            var damaged = bytes
            for _ in 0..<3 {
                damaged[Int.random(in: 0..<damaged.count, using: &generator)] =
                    UInt8.random(in: .min ... .max, using: &generator)
            }
            #expect(S3Answer(damaged).objects.count <= 2)
        }
    }
}
