// <LengthLine>: a straight line on an image, with its length in pixels.
//
// A person draws two points, in percent of the image. The server computes the length from them and
// from the image's size; what a browser sent of it is replaced. All functions are pure.
import PostilPluginKit

private struct Line {
    /// Percent of the image.
    let start, end: (x: Double, y: Double)
    /// Of the image, in pixels.
    let width, height: Double

    /// - Returns: `nil` when the result holds no line.
    init?(_ question: TagQuestion) {
        let own = Self.ownValue(question)
        guard let start = own["start"].point, let end = own["end"].point,
            let width = question.result["original_width"].double, width > 0,
            let height = question.result["original_height"].double, height > 0
        else { return nil }
        (self.start, self.end) = (start, end)
        (self.width, self.height) = (width, height)
    }

    var pixels: Double {
        let across = (end.x - start.x) / 100 * width
        let down = (end.y - start.y) / 100 * height
        return (across * across + down * down).squareRoot()
    }

    /// The tag's own part of a result's value.
    static func ownValue(_ question: TagQuestion) -> Value {
        question.result["value"]["lengthline"]
    }
}

enum LineTag: Tag {
    static func problems(withConfig question: TagQuestion) throws(Failure) -> [TagProblem] {
        guard minimumLength(question) == nil else { return [] }
        return [
            TagProblem(
                "min_length_invalid",
                at: "/attributes/minLength",
                "minLength is a number of pixels, 0 or more.",
                hint: #"Write for example minLength="10"."#
            )
        ]
    }

    static func problems(withResult question: TagQuestion) throws(Failure) -> [TagProblem] {
        let own = "/value/lengthline"
        guard let line = Line(question) else {
            return [
                TagProblem(
                    "line_unreadable",
                    at: own,
                    "A line has a start and an end, [x, y] in percent of the image each, and its "
                        + "result the size of the image.",
                    hint: "Draw the line again."
                )
            ]
        }
        var problems: [TagProblem] = []
        for (name, point) in [("start", line.start), ("end", line.end)] where !isInside(point) {
            let message = "The \(name) lies outside the image."
            problems.append(
                TagProblem("outside", at: "\(own)/\(name)", message, hint: "Move it inside.")
            )
        }
        if line.pixels < minimumLength(question) ?? 0 {
            let message = "The line is shorter than minLength asks for."
            problems.append(TagProblem("too_short", at: own, message, hint: "Draw a longer line."))
        }
        return problems
    }

    static func normalize(_ question: TagQuestion, _ builder: ValueBuilder) throws(Failure) {
        guard let length = Line(question)?.pixels, length.isFinite,
            Line.ownValue(question)["length_px"].double != length
        else { return }
        try builder.root { writer in
            writer.object { writer in
                copy(question.result, but: "value", to: writer)
                writer["value"].object { writer in
                    copy(question.result["value"], but: "lengthline", to: writer)
                    writer["lengthline"].object { writer in
                        copy(Line.ownValue(question), but: "length_px", to: writer)
                        writer["length_px"].write(length)
                    }
                }
            }
        }
    }

    static func measures(_ question: TagQuestion) throws(Failure) -> [(
        name: String, value: Double
    )] {
        guard let length = Line(question)?.pixels, length.isFinite else { return [] }
        return [("length_px", length)]
    }

    /// The attribute `minLength` in pixels; 0 when it is not written, `nil` when it is no number.
    private static func minimumLength(_ question: TagQuestion) -> Double? {
        let text = question.element["attributes"]["minLength"].string ?? ""
        guard !text.isEmpty else { return 0 }
        return Double(text).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
    }

    private static func isInside(_ point: (x: Double, y: Double)) -> Bool {
        (0...100).contains(point.x) && (0...100).contains(point.y)
    }

    /// Writes the members of an object again, without one of them.
    private static func copy(_ object: Value, but left: String, to writer: ValueWriter) {
        for (name, value) in object.members where name != left { writer[name].write(value) }
    }
}

/// The same as in manifest.json; the host compares.
let plugin = Plugin(
    id: "org.example.length-line",
    version: "0.1.0",
    offers: [.tag("LengthLine", LineTag.self)]
)

/// The one symbol of this library.
@c(postil_plugin_entry_v1)
public func entry(_ host: UnsafeRawPointer?) -> UnsafeRawPointer? { plugin.entry(host) }
