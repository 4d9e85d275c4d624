import Foundation
import Testing

@testable import Web

/// Writes every sample as a file, for the browser's checks of Tests/Browser, which set the folder.
@Suite struct SampleFiles {
    static let folder = ProcessInfo.processInfo.environment["SCHALTER_SAMPLES"].map { URL(filePath: $0) }

    @Test(.enabled(if: folder != nil)) func `samples are written for the browser`() throws {
        let folder = try #require(Self.folder)
        let world = try Rendered.load()
        try? FileManager.default.removeItem(at: folder)
        for path in world.assets.paths {
            try write(try #require(world.assets[path]).bytes, to: folder.appending(path: "assets/\(world.assets.version)/\(path)"))
        }
        for language in Language.allCases {
            for sample in try world.town(language).all {
                let html = world.views.render(sample.view, sample.value, in: language)
                try write(Data(html.utf8), to: folder.appending(path: "\(language.rawValue)/\(sample.name).html"))
            }
        }
    }

    private func write(_ bytes: Data, to file: URL) throws {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: file)
    }
}
