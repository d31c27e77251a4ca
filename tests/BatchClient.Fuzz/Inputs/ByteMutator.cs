namespace BatchGateway.Fuzz.Inputs;

/// <summary>Breaks bytes without looking at what they mean.</summary>
internal static class ByteMutator
{
    public static byte[] Mutate(byte[] bytes, byte[] other, Dice dice)
    {
        int at = dice.Below(bytes.Length + 1), end = at + dice.Below(Math.Min(32, bytes.Length - at) + 1);
        return dice.Below(9) switch
        {
            0 => bytes[..at],
            1 => Splice.Remove(bytes, at, end),
            2 => Splice.Insert(bytes, at, bytes.AsSpan(at, end - at)),
            3 => Flip(bytes, dice),
            4 => [.. bytes[..at], .. other[dice.Below(other.Length + 1)..]],
            5 => Splice.Insert(bytes, 0, "\uFEFF"u8),
            6 => Splice.Replace(bytes, at, end, dice.Pick(OddValues.Bytes)),
            7 => [.. bytes, .. other],
            _ => Splice.Insert(bytes, at, dice.Pick(OddValues.Bytes)),
        };
    }

    private static byte[] Flip(byte[] bytes, Dice dice)
    {
        byte[] flipped = [.. bytes];
        if (flipped.Length > 0)
            flipped[dice.Below(flipped.Length)] ^= (byte)(1 << dice.Below(8));
        return flipped;
    }
}
