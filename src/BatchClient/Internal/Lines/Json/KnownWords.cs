using System.Runtime.CompilerServices;
using System.Text;

namespace BatchGateway.Internal.Lines;

/// <summary>Words that stand in every answer: one string for all of them.</summary>
internal static class KnownWords
{
    /// <summary>No longer word is looked for, or kept.</summary>
    public const int Longest = 64;

    /// <summary>The word as a string that is there already; null when there is none. An empty one is never found.</summary>
    /// <param name="word">The word, in JSON; one with escapes equals no word.</param>
    /// <param name="last">The word that stood in this place the last time.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static string? Find(ReadOnlySpan<byte> word, string? last)
    {
        if (last is { Length: > 0 and <= Longest } && Ascii.Equals(word, last) && !word.Contains((byte)'\\'))
            return last;
        if (word.SequenceEqual("assistant"u8))
            return "assistant";
        if (word.SequenceEqual("stop"u8))
            return "stop";
        if (word.SequenceEqual("length"u8))
            return "length";
        if (word.SequenceEqual("tool_calls"u8))
            return "tool_calls";

        return word.SequenceEqual("content_filter"u8) ? "content_filter" : null;
    }
}
