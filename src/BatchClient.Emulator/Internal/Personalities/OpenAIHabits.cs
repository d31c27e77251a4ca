namespace BatchGateway.Emulator.Internal;

/// <summary>OpenAI, as its public API description has it.</summary>
internal static class OpenAIHabits
{
    public static readonly Habits All = new()
    {
        ListsBatches = true,
        Cancels = true,
        GivesOutput = false,
        ListsFiles = true,
        HonoursRanges = true,
        FilePendingFor = TimeSpan.Zero,
        BatchFileLifetime = TimeSpan.FromDays(30),
        Create = new CreateRules
        {
            Endpoints = BatchUrls.OpenAI,
            Window = "24h",
            KeepsMetadata = true,
            OutputLifetime = (3600, 2_592_000),
            RequiresBatchPurpose = true,
        },
        Input = new InputRules
        {
            Urls = BatchUrls.OpenAI,
            MostLines = 50_000,
            MostEmbeddingInputs = 50_000,
            MissingMember = "missing_required_parameter",
            AnotherModel = "mismatched_model",
        },
        BatchMembers =
        [
            "id", "object", "endpoint", "model", "errors", "input_file_id", "completion_window", "status", "output_file_id", "error_file_id",
            "created_at", "in_progress_at", "expires_at", "finalizing_at", "completed_at", "failed_at", "expired_at", "cancelling_at",
            "cancelled_at", "request_counts", "usage", "metadata",
        ],
        BatchTime = TimeFormats.UnixSeconds,
        Status = StatusWords.Small,
        NoFileId = null,
        CountsBeforeTheEnd = true,
        Expires = true,
    };
}
