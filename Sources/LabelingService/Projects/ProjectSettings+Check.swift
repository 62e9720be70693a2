import LabelModel

extension ProjectSettings {
    /// Refuses values that Label Studio refuses too.
    func check() throws(ServiceError) {
        let length = title.count
        guard length == 0 || (3...50).contains(length) else {
            throw .invalidField("title", "A title has 3 to 50 characters, or none.")
        }
        guard maximumAnnotations >= 1 else {
            throw .invalidField(
                "maximum_annotations",
                "Each task is annotated by at least one person."
            )
        }
        guard (0...100).contains(overlapCohortPercentage) else {
            throw .invalidField(
                "overlap_cohort_percentage",
                "A percentage lies between 0 and 100."
            )
        }
        let digits = color.utf8.dropFirst()
        let isColor =
            color.utf8.first == UInt8(ascii: "#") && digits.count == 6
            && digits.allSatisfy {
                switch $0 {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                    UInt8(ascii: "A")...UInt8(ascii: "F"):
                    true
                default: false
                }
            }
        guard isColor || color.isEmpty else {
            throw .invalidField("color", "A color is written #RRGGBB.")
        }
    }
}
