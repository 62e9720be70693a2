extension BuiltInTags {
    /// Time series, their channels and the segments marked in them.
    static let timeSeriesTags: [TagDefinition] = [
        .object(
            "TimeSeries",
            data: [.object, .array, .string],
            children: .named(["Channel", "MultiChannel"]),
            [
                .name, .value, .word("valueType", ["url", "json"], default: "url"),
                .text("timeColumn", default: ""), .text("sep", default: ","),
                .text("timeFormat", default: ""), .text("timeDisplayFormat", default: ""),
                .text("durationDisplayFormat", default: ".0f"),
                .text("overviewChannels", default: ""), .text("overviewWidth", default: "25%"),
                .flag("fixedScale", default: false), .flag("multiAxis", default: false), .hotkey,
                .text("sync"),
                .text("cursorColor", default: "var(--color-neutral-inverted-surface)"),
            ]
        ),
        .part(
            "Channel",
            .object,
            of: ["TimeSeries", "MultiChannel"],
            [
                .text("legend", default: ""), .text("units", default: ""),
                .text("displayFormat", default: ".1f"),
                .text("interpolation", default: "curveStep"), .text("height", default: "200"),
                .text("strokeWidth", default: "1"), .text("strokeColor", default: ""),
                .text("markerSize", default: "0"), .text("markerColor", default: ""),
                .text("markerSymbol", default: "circle"), .text("dataRange"), .text("timeRange"),
                .flag("showAxis", default: true), .flag("showYAxis", default: true),
                .flag("fixedScale"), .text("column", required: true),
            ]
        ),
        .part(
            "MultiChannel",
            .object,
            of: ["TimeSeries"],
            children: .named(["Channel"]),
            [
                .text("height", default: "200"), .flag("showAxis", default: true),
                .flag("showYAxis", default: true), .flag("fixedScale"),
            ]
        ),
        .part("TimeSeriesOverview", .object, of: ["TimeSeries"]),
        .control(
            "TimeSeriesLabels",
            on: ["TimeSeries"],
            data: [.string, .array],
            result: "timeserieslabels",
            children: .named(["Label", "Labels", "Choice"]),
            [
                .name, .toName, .text("opacity", default: "0.9"), .text("fillColor"),
                .number("strokeWidth", default: "1"), .text("strokeColor", default: "#f48a42"),
                .number("fillOpacity"), .resolver,
            ],
            and: labelSet,
            smart
        ),
    ]
}
