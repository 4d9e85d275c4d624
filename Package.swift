// swift-tools-version: 6.3
import PackageDescription

let package = Package(
    name: "schalter",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "schalter", targets: ["Schalter"])
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The program: settings, wiring, commands.
        .executableTarget(
            name: "Schalter",
            dependencies: [
                "Web", "Desk", "Networks", "Store", "Musterstadt", "Simulators",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        // What people see.
        .target(
            name: "Web",
            dependencies: [
                "Desk", "Networks", "CQRencode",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [.copy("Views"), .copy("Assets"), .copy("Words")]),
        // The service itself.
        .target(
            name: "Desk",
            dependencies: [
                "Networks", "Store", "CStemmer",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [.copy("Migrations")]),
        // The world outside.
        .target(
            name: "Networks",
            dependencies: [
                "CGumbo",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]),
        // SQLite and PostgreSQL.
        .target(
            name: "Store",
            dependencies: [
                "CPostgres",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        // The networks from their side, and the example town on them.
        .target(
            name: "Simulators",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(
            name: "Musterstadt",
            dependencies: ["Desk", "Networks", "Simulators", "Store", .product(name: "Logging", package: "swift-log")],
            resources: [.copy("Town")]),

        .systemLibrary(
            name: "CPostgres", path: "Systems/CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CStemmer", path: "Systems/CStemmer", providers: [.apt(["libstemmer-dev"])]),
        .systemLibrary(
            name: "CGumbo", path: "Systems/CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"])]),
        .systemLibrary(
            name: "CQRencode", path: "Systems/CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),

        .testTarget(name: "StoreTests", dependencies: ["Store"]),
        .testTarget(name: "NetworksTests", dependencies: ["Networks", "Simulators"], resources: [.copy("Recorded")]),
        .testTarget(name: "DeskTests", dependencies: ["Desk", "Musterstadt"]),
        .testTarget(
            name: "WebTests",
            dependencies: ["Web", "Musterstadt", .product(name: "HummingbirdTesting", package: "hummingbird")]),
        .testTarget(name: "JourneyTests", dependencies: ["Desk", "Musterstadt", "Web"]),
    ]
)
