using BatchGateway.Fuzz.Inputs;
using BatchGateway.Fuzz.Targets;

namespace BatchGateway.Fuzz.Running;

/// <summary>Makes an input that breaks a rule smaller for as long as it breaks the same one.</summary>
internal static class Shrinker
{
    private const int MostTries = 4000;

    public static async Task<byte[]> ShrinkAsync(Target target, byte[] input, string rule)
    {
        int tries = 0;
        for (bool isSmaller = true; isSmaller && tries < MostTries;)
        {
            isSmaller = false;
            foreach (byte[] smaller in Smaller(input))
            {
                if (++tries > MostTries)
                    break;
                if ((await Case.RunAsync(target, smaller).ConfigureAwait(false)).Violation?.Rule != rule)
                    continue;

                (input, isSmaller) = (smaller, true);
                break;
            }
        }

        return input;
    }

    /// <summary>Large steps first: whole members and items of JSON, then pieces of any kind.</summary>
    private static IEnumerable<byte[]> Smaller(byte[] input)
    {
        foreach (JsonPlace place in JsonMap.Of(input).Places.OrderByDescending(place => place.End - place.First))
        {
            int end = place.End < input.Length && input[place.End] == (byte)',' ? place.End + 1 : place.End;
            if (end - place.First is > 1 and int length && length < input.Length)
                yield return Splice.Remove(input, place.First, end);
        }

        for (int size = input.Length / 2; size > 0; size /= 2)
        {
            for (int start = 0; start + size <= input.Length; start += size)
                yield return Splice.Remove(input, start, start + size);
        }
    }
}
