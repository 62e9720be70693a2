internal import Contracts

extension LinkedStorageSettings {
    /// Takes the fields over that a body names; an empty secret leaves the one that is kept.
    ///
    /// - Throws: ``APIError`` 400 naming the field that cannot be.
    mutating func read(_ fields: BodyFields) throws(APIError) {
        if fields.has("title") { title = try fields.string("title") }
        if fields.has("description") { description = try fields.string("description") }
        if fields.has("regex_filter") {
            let pattern = try fields.string("regex_filter")
            keyPattern = pattern?.isEmpty == false ? pattern : nil
        }
        usesObjectAddresses = try fields.bool("use_blob_urls") ?? usesObjectAddresses
        isRecursive = try fields.bool("recursive_scan") ?? isRecursive
        isSynchronizable = try fields.bool("synchronizable") ?? isSynchronizable
        deletesObjects = try fields.bool("can_delete_objects") ?? deletesObjects
        switch kind {
        case .localFiles: path = try fields.string("path") ?? path
        case .s3: try readBucket(fields)
        }
    }

    private mutating func readBucket(_ fields: BodyFields) throws(APIError) {
        bucket = try fields.string("bucket") ?? bucket
        if fields.has("prefix") { prefix = try fields.string("prefix") ?? "" }
        if fields.has("region_name") { region = try fields.string("region_name") ?? "" }
        if fields.has("s3_endpoint") {
            let address = try fields.string("s3_endpoint")
            endpoint = address?.isEmpty == false ? address : nil
        }
        if let key = try secret("aws_access_key_id", fields) { accessKey = key }
        if let key = try secret("aws_secret_access_key", fields) { secretKey = key }
        if let token = try secret("aws_session_token", fields) { sessionToken = token }
        if fields.has("aws_sse_kms_key_id") {
            encryptionKey = try fields.string("aws_sse_kms_key_id") ?? ""
        }
        presigns = try fields.bool("presign") ?? presigns
        if let minutes = try fields.integer("presign_ttl") {
            guard (1...10_080).contains(minutes) else {
                throw APIError.invalid(
                    field: "presign_ttl",
                    "Ensure this value lies between 1 and 10080."
                )
            }
            presignMinutes = minutes
        }
    }

    /// A text that goes into a header, or nil when none was sent.
    private func secret(_ name: String, _ fields: BodyFields) throws(APIError) -> String? {
        guard let text = try fields.string(name), !text.isEmpty else { return nil }
        guard text.utf8.count <= 4096, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw APIError.invalid(field: name, "This cannot be a key.")
        }
        return text
    }
}
