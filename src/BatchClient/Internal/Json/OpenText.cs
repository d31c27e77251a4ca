namespace BatchGateway.Internal.Json;

/// <summary>Equality of wire words: <c>InProgress</c>, <c>in_progress</c> and <c>IN_PROGRESS</c> are the same word.</summary>
internal static class OpenText
{
    public static bool Equal(string? left, string? right)
    {
        left ??= "";
        right ??= "";
        if (left == right)
            return true;

        int l = 0, r = 0;
        while (true)
        {
            while (l < left.Length && left[l] == '_') l++;
            while (r < right.Length && right[r] == '_') r++;
            if (l == left.Length || r == right.Length)
                return l == left.Length && r == right.Length;
            if (char.ToUpperInvariant(left[l++]) != char.ToUpperInvariant(right[r++]))
                return false;
        }
    }

    public static int Hash(string? text)
    {
        HashCode hash = default;
        foreach (char c in text ?? "")
        {
            if (c != '_')
                hash.Add(char.ToUpperInvariant(c));
        }

        return hash.ToHashCode();
    }
}
