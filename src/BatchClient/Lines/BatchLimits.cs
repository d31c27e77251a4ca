namespace BatchGateway;

/// <summary>
/// What a provider allows in one batch. Lines are checked against it before anything is sent. The profiles hold what the providers' pages
/// said in November 2026; the pages contradict each other and limits change, so every value can be set: <c>BatchLimits.OpenAI with { MaxLines
/// = 10_000 }</c>. A value of null is no limit.
/// </summary>
public sealed record BatchLimits
{
    /// <summary>OpenAI: 50,000 lines, 200 MiB, and 50,000 texts to embed, summed over the lines.</summary>
    public static BatchLimits OpenAI { get; } = new()
    {
        MaxLines = 50_000,
        MaxBytes = 200 << 20,
        MaxEmbeddingInputs = 50_000,
        RequiresUrl = true,
        RequiresModel = true,
    };

    /// <summary>Azure OpenAI: 100,000 lines and 200 MB.</summary>
    public static BatchLimits Azure { get; } = new() { MaxLines = 100_000, MaxBytes = 200_000_000, RequiresUrl = true, RequiresModel = true };

    /// <summary>AWS Bedrock: at least 100 lines, and 1 GB. How many lines there may be depends on the model: set <see cref="MaxLines"/>.</summary>
    public static BatchLimits Bedrock { get; } = new() { MinLines = 100, MaxBytes = 1_000_000_000 };

    /// <summary>
    /// Vertex AI: 200 MB, the larger of what the gateway's pages say. Lines may leave out the url and the model.
    /// </summary>
    public static BatchLimits Vertex { get; } = new() { MaxBytes = 200_000_000 };

    /// <summary>The fewest lines of a batch. Default: 0.</summary>
    public long MinLines { get; init; }

    /// <summary>The most lines of a batch.</summary>
    public long? MaxLines { get; init; }

    /// <summary>The most bytes of an input file.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>The most bytes of one line, its line feed included.</summary>
    public long? MaxLineBytes { get; init; }

    /// <summary>The most texts to embed, summed over the lines of a batch. Inputs of other endpoints do not count.</summary>
    public long? MaxEmbeddingInputs { get; init; }

    /// <summary>
    /// The longest custom id, in characters. Default: 512. No provider documents one, and an id that is longer than this is likely to be a
    /// text that got into the wrong place.
    /// </summary>
    public int? MaxCustomIdLength { get; init; } = 512;

    /// <summary>Whether every line must name its <c>url</c> and its <c>method</c>. Default: false.</summary>
    public bool RequiresUrl { get; init; }

    /// <summary>Whether every line must name its model. Default: false.</summary>
    public bool RequiresModel { get; init; }

    /// <summary>These limits, if any lines could keep to them. Asked before a line is read, and before anything is made.</summary>
    /// <param name="parameter">The name that they have with the caller.</param>
    /// <exception cref="ArgumentException">No lines could: all that is wrong.</exception>
    internal BatchLimits Checked(string parameter)
    {
        string faults = string.Join("; ", Faults());
        return faults.Length == 0 ? this : throw new ArgumentException(
            $"The limits (BatchLimits) cannot be kept: {faults}. Nothing was read or written. Correct them; null is no limit.", parameter);
    }

    private IEnumerable<string> Faults()
    {
        (string Name, long? Value)[] counts =
        [
            (nameof(MinLines), MinLines), (nameof(MaxLines), MaxLines), (nameof(MaxBytes), MaxBytes), (nameof(MaxLineBytes), MaxLineBytes),
            (nameof(MaxEmbeddingInputs), MaxEmbeddingInputs), (nameof(MaxCustomIdLength), MaxCustomIdLength),
        ];
        foreach ((string name, long? value) in counts)
        {
            if (value < 0)
                yield return $"{name} is {value}, and must not be negative";
        }

        if (MaxLines == 0)
            yield return $"{nameof(MaxLines)} is 0, and must be at least 1";
        // Said of limits that are right by themselves: anything else is a fault that is named already.
        if (MaxLines > 0 && MinLines > MaxLines)
            yield return $"{nameof(MinLines)} is {MinLines}, and {nameof(MaxLines)} only {MaxLines}";
    }
}
