import Foundation
import Testing

struct MapTests {
    @Test func `the map names only what exists`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let map = try String(contentsOf: root.appending(path: "docs/map.md"), encoding: .utf8)
        var checked = 0
        var folder = root
        for match in map.matches(of: /`([^`]+)`/) {
            let name = String(match.1)
            let isPath = name.contains("/") || name == "Tests" || name == "Systems"
            let place = isPath ? root.appending(path: name) : folder.appending(path: name)
            guard isPath || name.hasSuffix(".swift") else { continue }
            #expect(FileManager.default.fileExists(atPath: place.path), "\(name) is on the map and not there")
            if isPath { folder = name.hasSuffix(".swift") ? place.deletingLastPathComponent() : place }
            checked += 1
        }
        #expect(checked > 25)
    }

    @Test func `every folder of a target is on the map`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let map = try String(contentsOf: root.appending(path: "docs/map.md"), encoding: .utf8)
        for target in try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path) {
            #expect(map.contains("`Sources/\(target)`"), "Sources/\(target) is not on the map")
        }
        for station in try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources/Desk").path)
        where !station.hasSuffix(".swift") {
            #expect(map.contains("Sources/Desk/\(station)"), "Sources/Desk/\(station) is not on the map")
        }
    }
}
