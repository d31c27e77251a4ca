namespace BatchGateway.Emulator.Internal;

/// <summary>A batch at one instant.</summary>
internal sealed record BatchSnapshot(
    string Id,
    CreateBatchCommand Command,
    BatchState State,
    string? ToldStatus,
    BatchTimeline Timeline,
    InputReport? Input,
    int Completed,
    int Failed,
    string? OutputFileId,
    string? ErrorFileId,
    TokenUsage Usage);
