namespace BatchGateway.Emulator.Internal;

/// <summary>Azure OpenAI, as its how-to pages show its answers, and as its users report them.</summary>
internal static class AzureHabits
{
    public static readonly Habits All = new()
    {
        ListsBatches = true,
        Cancels = true,
        GivesOutput = false,
        ListsFiles = true,
        HonoursRanges = true,
        FilePendingFor = TimeSpan.FromSeconds(5),
        BatchFileLifetime = null,
        Create = new CreateRules
        {
            Endpoints = [],
            Window = "24h",
            KeepsMetadata = true,
            OutputLifetime = (1_209_600, 2_592_000),
            RequiresBatchPurpose = true,
        },
        Input = new InputRules
        {
            Urls = [],
            MostLines = 100_000,
            MostEmbeddingInputs = null,
            MissingMember = "invalid_request",
            AnotherModel = "model_mismatch",
        },
        BatchMembers =
        [
            "cancelled_at", "cancelling_at", "completed_at", "completion_window", "created_at", "error_file_id", "expired_at", "expires_at",
            "failed_at", "finalizing_at", "id", "in_progress_at", "input_file_id", "errors", "metadata", "object", "output_file_id",
            "request_counts", "status", "endpoint",
        ],
        BatchTime = TimeFormats.Iso8601,
        Status = StatusWords.Capitalised,
        NoFileId = "",
        CountsBeforeTheEnd = false,
        Expires = false,
    };
}
