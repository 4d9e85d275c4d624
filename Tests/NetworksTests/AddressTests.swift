import Foundation
import Testing

@testable import Networks

@Suite struct AddressTests {
    @Test(arguments: [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.31.0.1", "192.168.1.1", "192.0.2.1", "198.18.0.1",
        "203.0.113.9",
        "224.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "fe80::1", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "2001:0:53aa::1", "2002:7f00:1::", "2002:808:808::",
        "3fff::1", "100::1",
    ])
    func `an address that is not of the public internet is refused`(text: String) throws {
        #expect(!AddressRule().permits(try #require(IPAddress(text))))
    }

    @Test(arguments: ["9.9.9.9", "172.32.0.1", "100.128.0.1", "2a01:4f8::1", "2606:4700::1111", "::ffff:9.9.9.9", "64:ff9b::909:909"])
    func `a public address is fetched from`(text: String) throws {
        #expect(AddressRule().permits(try #require(IPAddress(text))))
    }

    @Test func `the operator opens ranges and nothing beside them`() throws {
        let rule = AddressRule(allowing: try ["127.0.0.0/8", "fd00::/8"].map { try #require(AddressRange($0)) })
        for text in ["127.0.0.1", "::ffff:127.9.9.9", "fd12::1"] { #expect(rule.permits(try #require(IPAddress(text)))) }
        for text in ["10.0.0.1", "::1", "fc00::1"] { #expect(!rule.permits(try #require(IPAddress(text)))) }
        for text in ["127.0.0.1/8", "10.0.0.0/33", "x/8", "", "10.0.0.0/8/8", "10.0.0.0/-1"] { #expect(AddressRange(text) == nil) }
        #expect(AddressRange("10.0.0.1")?.contains(try #require(IPAddress("10.0.0.1"))) == true)
        #expect(AddressRange("0.0.0.0/0")?.contains(try #require(IPAddress("10.0.0.1"))) == true)
    }

    @Test(arguments: [
        "ftp://a.example/", "file:///etc/passwd", "https://user:pw@a.example/", "https://user@a.example/", "https://a.example:25/",
        "http://[fe80::1%25eth0]/",
        "http:///x", "https://a.example:0/", "data:text/plain,x",
    ])
    func `a URL that is no plain web address is refused`(text: String) {
        guard let url = URL(string: text) else { return }
        #expect(throws: TransportFailure.forbidden) { try ForeignURL(url) }
    }

    @Test func `case, a trailing dot and brackets don't make another host`() throws {
        #expect(try ForeignURL(#require(URL(string: "HTTPS://A.Example./x"))).url.absoluteString == "https://a.example/x")
        #expect(try ForeignURL(#require(URL(string: "http://[::1]:8080/"))).host == "::1")
        #expect(try ForeignURL(#require(URL(string: "https://münchen.example/"))).host.hasPrefix("xn--"))
    }

    @Test(arguments: ["2130706433", "0x7f000001", "127.1", "0177.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127.0.0.1."])
    func `no way of writing the loopback address gets past the guard`(host: String) async throws {
        let url = try #require(URL(string: "http://\(host):8099/"))
        await #expect(throws: TransportFailure.self) { try await GuardedClient().fetch(url, upTo: 10) }
        do { _ = try await GuardedClient().fetch(url, upTo: 10) } catch { #expect(error == .forbidden || error == .unreachable) }
    }
}
