namespace Helpdesk;

public sealed class TriageOptions
{
    /// <summary>The model that reads the tickets.</summary>
    public string Model { get; set; } = "gpt-4o-mini";

    /// <summary>Where a triage remembers its batch. It must outlive the process.</summary>
    public string Folder { get; set; } = "triage";

    /// <summary>How long to wait for a batch. It goes on without us: the next call waits for the same one.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromHours(30);
}
