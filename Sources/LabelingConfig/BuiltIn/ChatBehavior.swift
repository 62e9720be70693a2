internal import ValueTree

/// Checks the messages of `Chat`.
struct ChatBehavior: ImmediateTagBehavior {
    private static let message = [
        ValueField("role", .word(["user", "assistant", "system", "tool", "developer"])),
        ValueField("content", .text),
    ]

    func check(_ result: CheckedResult, _ findings: inout ResultFindings) {
        guard let value = result.value else { return }
        let pointer = result.pointer("value/chatmessage")
        guard let message = value["chatmessage"], message.kind == .object else {
            return findings.add(
                value["chatmessage"] == nil ? .fieldMissing : .fieldType,
                at: pointer,
                "“chatmessage” must be an object with “role” and “content”."
            )
        }
        findings.fields(Self.message, of: message, at: pointer)
    }
}
