namespace BatchGateway.Emulator.Internal;

internal static class FilePurposes
{
    public const string Batch = "batch";
    public const string BatchOutput = "batch_output";

    /// <summary>What may be uploaded; a batch's output comes from the gateway alone.</summary>
    public static readonly string[] Uploadable = [Batch, "fine-tune", "assistants", "vision", "user_data", "evals"];
}
