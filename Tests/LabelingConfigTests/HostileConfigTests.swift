import LabelingConfig
import Testing

/// Configs that are made to hurt: each must be answered soon, and by an answer.
@Suite struct HostileConfigTests {
    private static let seed = """
        <?xml version="1.0"?><View className="r"><!-- c --><Image name="i" value="$a.b[0]"/>
        <HyperText name="h"><b>x &amp; y</b></HyperText><Repeater on="$p" indexFlag="#">
        <Text name="t#" value="$p[#]"/><Choices name="c#" toName="t#" perRegion="true">
        <Choice value="ä" alias="b"/></Choices></Repeater><Style><![CDATA[a>b]]></Style>
        <SamplePolygon name="s" toName="i" minArea="1"/><Relations><Relation value="r"/></Relations>
        </View>
        """

    @Test(arguments: 0..<40)
    func `a config with bytes changed at random is read or refused`(seed: UInt64) async throws {
        var random = SplitMix(state: seed)
        for _ in 0..<50 {
            var bytes = Array(Self.seed.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let position = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: position)
                case 2: bytes.insert(contentsOf: bytes[position...].prefix(9), at: position)
                default:
                    bytes[position] = Array("<>&\"'$#[/=!-".utf8).randomElement(using: &random)!
                }
            }
            guard let tree = try? LabelingConfigParser().parse(bytes) else { continue }
            let config = LabelingConfig(tree, registry: .withSampleTags)
            _ = await config.savingProblems()
            _ = (config.parsedLabelConfig, config.controlWeights, config.firstDataKey)
        }
    }

    @Test(arguments: [
        "<Unknown/>", "<Text/>", "<Label value=\"a\"/>", "<Choices name=\"a\" toName=\"b\"/>",
        "<Repeater/>", "<SamplePolygon name=\"a\"/>",
    ])
    func `a config full of wrong tags is refused soon, with a hundred problems at most`(
        tag: String
    ) async throws {
        let text = "<View>" + String(repeating: tag, count: 10_000) + "</View>"
        let config = LabelingConfig(
            try LabelingConfigParser().parse(text),
            registry: .withSampleTags
        )
        let started = ContinuousClock.now
        #expect(await config.savingProblems().count <= 100)
        #expect(ContinuousClock.now - started < .seconds(20))
    }

    @Test func `a very long name is refused without looking for similar ones`() async throws {
        let name = String(repeating: "a", count: 40_000)
        let text = "<View><\(name)/></View>"
        let config = LabelingConfig(try LabelingConfigParser().parse(text), registry: .builtIn)
        #expect(config.structuralProblems.map(\.code) == [.tagUnknown])
    }
}

/// Random numbers that are the same in every run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
