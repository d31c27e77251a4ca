namespace BatchGateway.Fuzz.Inputs;

/// <summary>Files of lines, with ends and blanks as they come.</summary>
internal static class LineFile
{
    private static readonly byte[][] Ends = ["\n"u8.ToArray(), "\n"u8.ToArray(), "\n"u8.ToArray(), "\r\n"u8.ToArray(), "\n\n"u8.ToArray(), "\n \t\n"u8.ToArray(), "\r"u8.ToArray()];

    public static byte[] Make(IReadOnlyList<byte[]> lines, Dice dice)
    {
        List<byte> file = [];
        int count = dice.Below(6);
        for (int line = 0; line < count; line++)
        {
            file.AddRange(dice.OneIn(3) ? Mutator.Make(lines, dice) : dice.Pick(lines));
            file.AddRange(dice.Pick(Ends));
        }

        byte[] bytes = [.. file];
        return dice.OneIn(4) ? ByteMutator.Mutate(bytes, dice.Pick(lines), dice) : bytes;
    }
}
