/// How far numbers of a shape may go.
///
/// Positions are percentages of the image's sides. Real answers go a little over the edge, by
/// rounding or because a hand did, and a box turned about its corner has that corner, and sides
/// longer than the image's, outside of it; so there is room on each side. Label Studio itself looks
/// at none of this when an annotation is submitted.
enum PercentRange {
    /// One percent of room for a hand that slips.
    static let position = -1.0...101.0
    static let length = 0.0...101.0
    /// Degrees; editors write -180 to 180 or 0 to 360.
    static let rotation = -360.0...360.0
    /// What is tracked through a film may be beside the picture for a while.
    static let around = -200.0...300.0
    /// Control points of curves.
    static let anywhere = -100_000.0...100_000.0
}
