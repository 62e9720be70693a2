/// Checks the playback speeds of a `Video`, as Label Studio's server does.
struct VideoBehavior: ImmediateTagBehavior {
    private static let speeds = 0.05...10.0

    func immediateProblems(with tag: ConfigTag, in config: LabelingConfig) -> [ConfigProblem] {
        let slowest = tag.attribute("minPlaybackSpeed")
        let usual = tag.attribute("defaultPlaybackSpeed")
        let invalid = [usual, slowest].compactMap { $0 }.filter { attribute in
            Double(attribute.value).map { !Self.speeds.contains($0) } ?? true
        }
        guard invalid.isEmpty else {
            return invalid.map {
                Self.problem(
                    with: $0,
                    of: tag,
                    "must be a number between \(Self.speeds.lowerBound) and "
                        + "\(Self.speeds.upperBound)"
                )
            }
        }
        guard let usual, let low = Double(slowest?.value ?? "0.25"),
            let speed = Double(usual.value), speed < low
        else { return [] }
        return [Self.problem(with: usual, of: tag, "must not be below minPlaybackSpeed, \(low)")]
    }

    private static func problem(
        with attribute: ConfigAttribute,
        of tag: ConfigTag,
        _ rule: String
    ) -> ConfigProblem {
        ConfigProblem(
            .attributeInvalid,
            "“\(attribute.name)” is “\(attribute.value)”; it \(rule).",
            at: attribute.place,
            tag: tag.name
        )
    }
}
