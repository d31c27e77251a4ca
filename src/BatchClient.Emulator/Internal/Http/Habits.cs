namespace BatchGateway.Emulator.Internal;

/// <summary>A personality with the options' single switches applied.</summary>
internal sealed record Habits(bool ListsBatches, bool Cancels, bool ListsFiles, bool HonoursRanges, bool IsOpenAI)
{
    public static Habits From(EmulatorOptions options)
    {
        bool isOpenAI = options.Personality == EmulatorPersonality.OpenAI;
        return new Habits(
            ListsBatches: options.BatchList ?? isOpenAI,
            Cancels: options.Cancel ?? isOpenAI,
            ListsFiles: options.FileList ?? true,
            HonoursRanges: options.Ranges ?? isOpenAI,
            IsOpenAI: isOpenAI);
    }
}
