/// What there is of a file that is made of media.
public enum DerivedState: Sendable {
    /// It is being made; so many seconds of the original are read.
    case running(seconds: Double)
    /// JSON that describes the file, and where that lies.
    case ready(description: [UInt8], file: String)

    init(_ state: DerivedFiles.State) {
        self =
            switch state {
            case .running(let seconds): .running(seconds: seconds)
            case .ready(let description, let file): .ready(description: description, file: file)
            }
    }
}
