namespace BatchGateway.Emulator.Internal;

/// <summary>The gateway as its two reference pages have it.</summary>
internal static class DocumentedHabits
{
    public static readonly Habits All = new()
    {
        ListsBatches = false,
        Cancels = false,
        GivesOutput = false,
        ListsFiles = true,
        HonoursRanges = false,
        FilePendingFor = TimeSpan.Zero,
        BatchFileLifetime = null,
        Create = new CreateRules
        {
            Endpoints = [],
            Window = null,
            KeepsMetadata = false,
            OutputLifetime = null,
            RequiresBatchPurpose = false,
        },
        Input = new InputRules
        {
            Urls = BatchUrls.OpenAI,
            MostLines = null,
            MostEmbeddingInputs = null,
            MissingMember = "missing_required_parameter",
            AnotherModel = "mismatched_model",
        },
        BatchMembers =
        [
            "id", "object", "endpoint", "errors", "input_file_id", "completion_window", "status", "output_file_id", "error_file_id", "created_at",
            "in_progress_at", "expires_at", "finalizing_at", "completed_at", "failed_at", "expired_at", "cancelling_at", "cancelled_at",
            "request_counts", "metadata",
        ],
        BatchTime = TimeFormats.UnixSeconds,
        Status = StatusWords.Small,
        NoFileId = null,
        CountsBeforeTheEnd = true,
        Expires = true,
    };
}
