import HTTPAPI
import LabelModel
import Testing

struct HeaderTests {
    @Test func `quoted parameters keep what separates others`() {
        let value = HeaderValue(#"Form-Data; Name="a;b=\"c\""; filename*=UTF-8''%c3%a4%20x.png"#)
        #expect(value.value == "form-data")
        #expect(value.parameters["name"] == #"a;b="c""#)
        #expect(value.extendedParameter("filename") == "ä x.png")
    }

    @Test(arguments: [
        ("bytes=0-0", ByteRange.part(0...0)), ("bytes=90-", .part(90...99)),
        ("bytes=-10", .part(90...99)), ("bytes=-1000", .part(0...99)),
        ("bytes=95-500", .part(95...99)), ("bytes=100-", .unsatisfiable),
        ("bytes=-0", .unsatisfiable), ("bytes=5-2", .whole), ("lines=1-2", .whole),
        ("bytes=0-1,5-6", .whole), ("bytes=a-b", .whole),
    ])
    func `a range is read as RFC 9110 says`(header: String, range: ByteRange) {
        #expect(ByteRange(header: header, size: 100) == range)
    }

    @Test func `percent-encoding goes both ways and refuses broken escapes`() {
        let text = "a b/ä+%.png"
        #expect(PercentEncoding.decode(PercentEncoding.encodePath(text).utf8) == text)
        #expect(PercentEncoding.decode("a+b".utf8, plusIsSpace: true) == "a b")
        for broken in ["%", "%4", "%zz", "%ff"] {
            #expect(PercentEncoding.decode(broken.utf8) == nil)
        }
    }

    @Test(arguments: [
        (0, "0\u{A0}minutes"), (59, "0\u{A0}minutes"), (61, "1\u{A0}minute"),
        (3_900, "1\u{A0}hour, 5\u{A0}minutes"), (86_400, "1\u{A0}day"),
        (86_400 * 400, "1\u{A0}year, 1\u{A0}month"),
    ])
    func `how long ago is told in the two largest units`(seconds: Int64, text: String) {
        let now = Timestamp(microseconds: 1_800_000_000_000_000)
        #expect(now.adding(seconds: -seconds).ago(from: now) == text)
    }

    @Test func `failures use up the attempts and time gives them back`() {
        let limiter = SignInLimiter(capacity: 3, refill: .seconds(10))
        let start = ContinuousClock.now
        for _ in 0..<3 {
            #expect(limiter.delay(for: ["a"], at: start) == nil)
            limiter.countFailure(of: ["a"], at: start)
        }
        #expect(limiter.delay(for: ["a"], at: start) != nil)
        #expect(limiter.delay(for: ["b"], at: start) == nil)
        #expect(limiter.delay(for: ["a"], at: start + .seconds(11)) == nil)
        limiter.forgive("a")
        #expect(limiter.delay(for: ["a"], at: start) == nil)
    }
}
