import Testing

@testable import Web

@Suite struct ByteRangeTests {
    @Test func `a player gets the part it asks for, and all where that makes no sense`() {
        #expect(ByteRange("bytes=0-", of: 10)?.bytes == 0..<10)
        #expect(ByteRange("bytes=2-4", of: 10)?.bytes == 2..<5)
        #expect(ByteRange("bytes=8-99", of: 10)?.bytes == 8..<10)
        #expect(ByteRange("bytes=-3", of: 10)?.bytes == 7..<10)
        #expect(ByteRange("bytes=-99", of: 10)?.bytes == 0..<10)
        for nonsense in [nil, "", "bytes=", "bytes=-", "bytes=-0", "bytes=10-", "bytes=5-4", "bytes=0-1,3-4", "zeilen=1-2"] {
            #expect(ByteRange(nonsense, of: 10) == nil, "\(nonsense ?? "")")
        }
    }
}
