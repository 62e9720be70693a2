// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is built with these: a crossing of layers, an unmarked pointer operation or a
/// warning stops the build.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "postil",
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The C interface of plugins, and the libraries behind it.
        .target(name: "CPostilPlugin"),
        .target(name: "CPluginWire"),
        .target(
            name: "CSimdJSON",
            dependencies: ["CPostilPlugin"],
            linkerSettings: [.linkedLibrary("simdjson")]
        ),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0"),
        .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8"),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive"),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3"),

        // The core.
        .target(name: "LabelModel", swiftSettings: strict),
        .target(
            name: "ValueTree",
            dependencies: ["CPostilPlugin", "CSimdJSON"],
            swiftSettings: strict
        ),
        .target(
            name: "LabelingConfig",
            dependencies: ["LabelModel", "ValueTree", "CLibXML2"],
            swiftSettings: strict
        ),
        .target(
            name: "Contracts",
            dependencies: ["LabelModel", "LabelingConfig", "ValueTree"],
            swiftSettings: strict
        ),
        .target(
            name: "SQLiteStorage",
            dependencies: [
                "Contracts", "LabelModel", "CPCRE2", "CSQLite",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "PluginHost",
            dependencies: [
                "CArchive", "CPluginWire", "CPostilPlugin", "Contracts", "LabelingConfig",
                "LabelModel", "ValueTree",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "PluginAuthoring",
            dependencies: [
                "Contracts", "LabelingConfig", "LabelModel", "PluginHost", "ValueTree",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict
        ),
        // What the daemon asks of other servers.
        .target(
            name: "OutboundHTTP",
            dependencies: [
                "Contracts", "LabelModel",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        // What plugins written in Swift are built with; the host is not.
        .target(name: "PostilPluginKit", dependencies: ["CPostilPlugin"], swiftSettings: strict),
        .target(
            name: "LabelingService",
            dependencies: [
                "LabelModel", "LabelingConfig", "Contracts", "ValueTree",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "HTTPAPI",
            dependencies: [
                "LabelingService", "LabelModel", "LabelingConfig", "Contracts", "ValueTree",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),

        // The one place that knows concrete types.
        .executableTarget(
            name: "postil",
            dependencies: [
                "Contracts", "HTTPAPI", "LabelModel", "LabelingConfig", "LabelingService",
                "OutboundHTTP", "PluginAuthoring", "PluginHost", "SQLiteStorage", "ValueTree",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict,
            // The installation brings the Swift runtime along; see .ci/assemble.
            linkerSettings: [
                .unsafeFlags([
                    "-no-toolchain-stdlib-rpath",
                    "-Xlinker", "-rpath", "-Xlinker", "$ORIGIN/../lib/postil/swift",
                ])
            ]
        ),

        // What every engine of storage promises, checked by one suite.
        .target(
            name: "StorageConformance",
            dependencies: ["Contracts", "LabelModel"],
            path: "Tests/StorageConformance",
            swiftSettings: strict
        ),

        .testTarget(
            name: "CPostilPluginTests",
            dependencies: ["CPostilPlugin"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ValueTreeTests",
            dependencies: ["ValueTree", "CPostilPlugin"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "LabelingConfigTests",
            dependencies: ["LabelingConfig", "LabelModel", "ValueTree"],
            exclude: ["Golden"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SQLiteStorageTests",
            dependencies: [
                "SQLiteStorage", "StorageConformance", "Contracts", "LabelModel",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PluginHostTests",
            dependencies: [
                "PluginHost", "CPostilPlugin", "Contracts", "LabelingConfig", "LabelModel",
                "ValueTree",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "OutboundHTTPTests",
            dependencies: ["OutboundHTTP", "Contracts", "LabelModel"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "LabelingServiceTests",
            dependencies: [
                "LabelingService", "SQLiteStorage", "Contracts", "LabelingConfig", "LabelModel",
                "ValueTree",
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "HTTPAPITests",
            dependencies: [
                "HTTPAPI", "LabelingService", "PluginHost", "SQLiteStorage", "Contracts",
                "LabelModel", "ValueTree",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
