extension Component {
    /// Folders and buckets that are linked with projects.
    var linkedStorageSchema: Schema {
        switch self {
        case .linkedStorage:
            .object([
                .init("id", .integer), .init("type", .oneOf(["s3", "localfiles"])),
                .init("title", .nullable(.string)), .init("description", .nullable(.string)),
                .init("project", .integer), .init("created_at", .dateTime),
                .init("regex_filter", .nullable(.string)), .init("use_blob_urls", .boolean),
                .init("synchronizable", .boolean), .init("status", Self.status),
                .init("traceback", .nullable(.string)),
                .init("last_sync", .nullable(.dateTime)),
                .init("last_sync_count", .nullable(.integer)),
                .init("last_sync_job", .nullable(.string)), .init("meta", .map(.any)),
                .optional("recursive_scan", .boolean),
                .optional("can_delete_objects", .nullable(.boolean)),
                .optional("path", .string), .optional("bucket", .string),
                .optional("prefix", .nullable(.string)),
                .optional("region_name", .nullable(.string)),
                .optional("s3_endpoint", .nullable(.string)),
                .optional("aws_sse_kms_key_id", .nullable(.string)),
                .optional("presign", .boolean), .optional("presign_ttl", .integer),
            ])
        default:
            .object([
                .optional("id", .integer), .optional("project", .integer),
                .optional("title", .nullable(.string)),
                .optional("description", .nullable(.string)),
                .optional("regex_filter", .nullable(.string)),
                .optional("use_blob_urls", .boolean), .optional("recursive_scan", .boolean),
                .optional("synchronizable", .boolean),
                .optional("can_delete_objects", .nullable(.boolean)),
                .optional("path", .string), .optional("bucket", .string),
                .optional("prefix", .nullable(.string)),
                .optional("region_name", .nullable(.string)),
                .optional("s3_endpoint", .nullable(.string)),
                .optional("aws_access_key_id", .nullable(.string)),
                .optional("aws_secret_access_key", .nullable(.string)),
                .optional("aws_session_token", .nullable(.string)),
                .optional("aws_sse_kms_key_id", .nullable(.string)),
                .optional("presign", .boolean), .optional("presign_ttl", .integer),
            ])
        }
    }

    private static let status = Schema.oneOf([
        "initialized", "queued", "in_progress", "failed", "completed", "completed_with_errors",
    ])
}
