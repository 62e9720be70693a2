import Contracts
import OutboundHTTP
import Testing

struct AddressTests {
    private static func client(_ allowed: [String] = []) throws -> GuardedClient {
        try #require(GuardedClient(allowed: allowed))
    }

    @Test(arguments: [
        "http://127.0.0.1/", "http://127.1/", "http://0x7f000001/", "http://2130706433/",
        "http://localhost/", "https://[::1]:8080/a", "http://10.1.2.3/", "http://172.31.0.1",
        "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://0.0.0.0/",
        "http://100.64.0.1/", "http://224.0.0.1/", "http://[fe80::1]/", "http://[fd00::1]/",
        "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/", "http://[::]/",
    ])
    func `addresses of this machine and of private networks are refused`(_ url: String) async throws
    {
        let error = await #expect(throws: OutboundError.self) {
            try await Self.client().check(url)
        }
        #expect(error?.code == .addressRefused)
    }

    @Test(arguments: [
        "http://192.0.43.8/", "https://[2606:2800:220:1::1]/", "http://172.32.0.1/",
        "http://9.255.255.255:80/a?b=c",
    ])
    func `public addresses are let through`(_ url: String) async throws {
        try await Self.client().check(url)
    }

    @Test func `a name that nobody knows is let through, since it may be known later`() async throws
    {
        try await Self.client().check("https://no-such-name.invalid/")
    }

    @Test(arguments: [
        "", "file:///etc/passwd", "ftp://example.org/", "http:/example.org", "//example.org/",
        "http://", "http:///a", "http://user@example.org/", "http://user:pass@10.0.0.1/",
        "http://example.org:0/", "http://example.org:99999/", "http://example.org:8a/",
        "http://exa mple.org/", "http://example.org/\r\nX: y", "http://[::1/", "http://[zz]/",
        "http://ex\u{E4}mple.org/", "http://example.org\\@127.0.0.1/", "gopher://127.0.0.1/",
    ])
    func `what is no plain web address is refused`(_ url: String) async throws {
        let error = await #expect(throws: OutboundError.self) {
            try await Self.client().check(url)
        }
        #expect(error?.code == .urlInvalid)
    }

    @Test func `an administrator allows networks and single addresses`() async throws {
        let client = try Self.client(["127.0.0.0/8", "10.0.0.7", "fd00::/8"])
        try await client.check("http://127.9.9.9/")
        try await client.check("http://10.0.0.7/")
        try await client.check("http://[fd12::1]/")
        let error = await #expect(throws: OutboundError.self) {
            try await client.check("http://10.0.0.8/")
        }
        #expect(error?.code == .addressRefused)
        #expect(GuardedClient(allowed: ["localhost"]) == nil)
        #expect(GuardedClient(allowed: ["10.0.0.0/33"]) == nil)
    }

    @Test func `ranges count bits, not bytes`() throws {
        let range = try #require(AddressRange("172.16.0.0/12"))
        #expect(range.contains(try #require(NetworkAddress("172.31.255.255"))))
        #expect(!range.contains(try #require(NetworkAddress("172.32.0.0"))))
        #expect(!range.contains(try #require(NetworkAddress("::ffff:172.16.0.1"))))
    }

    @Test func `a redirect is read against the address it came from`() throws {
        let base = try WebAddress("https://a.example:8443/x/y?z=1#f")
        #expect(base.text == "https://a.example:8443/x/y?z=1")
        #expect(try base.resolving("/q").text == "https://a.example:8443/q")
        #expect(try base.resolving("q").text == "https://a.example:8443/x/q")
        #expect(try base.resolving("//b.example/").text == "https://b.example/")
        #expect(try base.resolving("http://127.0.0.1/").text == "http://127.0.0.1/")
        #expect(!(try base.resolving("//b.example/")).hasSameOrigin(as: base))
        #expect(throws: OutboundError.self) { try base.resolving("file:///etc/passwd") }
    }
}
