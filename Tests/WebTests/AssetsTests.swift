import Foundation
import Testing

@testable import Web

@Suite struct AssetsTests {
    let world: Rendered

    init() throws { world = try Rendered.load() }

    @Test func `the stylesheet names the order of its layers first, and no style stands outside them`() throws {
        let css = String(decoding: try #require(world.assets["schalter.css"]).bytes, as: UTF8.self)
        #expect(css.hasPrefix("@layer reset, tokens, base, layout, components;\n"))
        #expect(css.ranges(of: "!important").count == 1 + css.ranges(of: "for !important").count)
        for path in world.assets.paths where path.hasPrefix("styles/") {
            let style = String(decoding: try #require(world.assets[path]).bytes, as: UTF8.self)
            #expect(style.hasPrefix("@layer ") && style.split(separator: "\n").count <= 250, "\(path)")
        }
    }

    @Test func `scripts are small and import only what is there`() throws {
        for path in world.assets.paths where path.hasSuffix(".js") {
            let script = String(decoding: try #require(world.assets[path]).bytes, as: UTF8.self)
            #expect(script.split(separator: "\n").count <= 85, "\(path)")
            for match in script.matches(of: #/(?:from|import) "\.\/([a-z-]+\.js)"/#) {
                #expect(world.assets["scripts/\(match.1)"] != nil, "\(path): \(match.1)")
            }
        }
    }

    @Test func `every asset and every icon that a view names is there`() throws {
        let icons = String(decoding: try #require(world.assets["icons/icons.svg"]).bytes, as: UTF8.self)
        for source in try Views.sources(in: world.resources) {
            for match in source.text.matches(of: #/assets\}\}\/([a-z\/.-]+)(?:#([a-z]+))?/#) {
                #expect(world.assets[String(match.1)] != nil, "\(source.name): \(match.1)")
                if let icon = match.2 { #expect(icons.contains("id=\"\(icon)\""), "\(source.name): \(icon)") }
            }
        }
        #expect(world.assets["../Words/de.words"] == nil)
    }

    @Test func `the path of the assets stays while they do`() throws {
        #expect(try Assets(from: world.resources).version == world.assets.version)
        #expect(world.assets.version.count > 8)
    }
}
