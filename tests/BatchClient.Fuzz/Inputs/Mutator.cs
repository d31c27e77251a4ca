namespace BatchGateway.Fuzz.Inputs;

/// <summary>Makes an input from the seeds: usually changed in its structure, sometimes in its bytes, now and then not at all.</summary>
internal static class Mutator
{
    private const int MostChanges = 3;
    private const int LongestInput = 64 << 10;

    public static byte[] Make(IReadOnlyList<byte[]> seeds, Dice dice)
    {
        byte[] input = dice.OneIn(16) ? dice.Pick(Corpus.Garbage) : dice.Pick(seeds);
        int changes = dice.Below(MostChanges + 1);
        for (int change = 0; change < changes && input.Length <= LongestInput; change++)
        {
            byte[] other = dice.Pick(seeds);
            input = dice.Below(10) < 8 ? JsonMutator.Mutate(input, other, dice) : ByteMutator.Mutate(input, other, dice);
        }

        return input;
    }
}
