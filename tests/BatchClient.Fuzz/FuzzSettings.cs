using System.Globalization;

namespace BatchGateway.Fuzz;

/// <summary>What the command line asks for.</summary>
internal sealed record FuzzSettings
{
    public const string Usage = "usage: -- [--cases N] [--seed S] [--only TARGET or GIANT] [--replay FILE or case number] [--workers N] [--out FOLDER]";

    public long Cases { get; init; } = 1_000_000;

    public long Seed { get; init; } = 1;

    /// <summary>One target or one giant; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>A file with an input, or the number of a case.</summary>
    public string? Replay { get; init; }

    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Where inputs go that broke something.</summary>
    public string Out { get; init; } = Path.Combine("artifacts", "fuzz");

    /// <summary>Reads the words.</summary>
    /// <returns>Null when they cannot be understood.</returns>
    public static FuzzSettings? Read(string[] words)
    {
        FuzzSettings? settings = words.Length % 2 == 0 ? new FuzzSettings() : null;
        for (int word = 0; settings is not null && word < words.Length; word += 2)
            settings = settings.With(words[word], words[word + 1]);
        return settings;
    }

    private FuzzSettings? With(string name, string value) => (name, Number(value)) switch
    {
        ("--cases", > 0 and var cases) => this with { Cases = cases },
        ("--seed", { } seed) => this with { Seed = seed },
        ("--workers", > 0 and <= 1024 and var workers) => this with { Workers = (int)workers },
        ("--only", _) => this with { Only = value },
        ("--replay", _) => this with { Replay = value },
        ("--out", _) => this with { Out = value },
        _ => null,
    };

    public static long? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;
}
