using System.Runtime.InteropServices;

namespace BatchGateway.Internal.Lines;

/// <summary>
/// Which custom ids there were, in 8 to 13 bytes each: hashes of 64 bits in memory outside of the garbage collector's. An equal hash is a
/// suspect, which the lines themselves settle. Where they cannot be read again, a second hash makes it certain enough, for twice the
/// memory.
/// </summary>
internal sealed unsafe class CustomIdSet : IDisposable
{
    private const int PartitionBits = 6;

    // Full enough to be small, and growing in small steps: at most 12.5 bytes for each hash, and one partition of 64 at a time is there twice.
    private const double MaxLoad = 0.8;
    private const double Growth = 1.25;
    private const int FirstCapacity = 16;

    private readonly Partition[] _partitions = new Partition[1 << PartitionBits];
    private readonly KeyedHash _hash;
    private readonly KeyedHash _secondHash;
    private readonly int _words;

    /// <summary>Makes an empty set.</summary>
    /// <param name="isFinal">Whether what it says cannot be checked afterwards, so that it must not be wrong.</param>
    public CustomIdSet(bool isFinal)
        : this(isFinal, KeyedHash.NewRandom(), KeyedHash.NewRandom())
    {
    }

    /// <summary>Makes an empty set with hashes of the caller's.</summary>
    public CustomIdSet(bool isFinal, KeyedHash hash, KeyedHash secondHash)
    {
        _words = isFinal ? 2 : 1;
        _hash = hash;
        _secondHash = secondHash;
    }

    ~CustomIdSet() => Free();

    /// <summary>How much memory the table takes, in bytes.</summary>
    public long Size => _partitions.Sum(partition => (long)partition.Capacity) * _words * sizeof(ulong);

    /// <summary>Adds an id.</summary>
    /// <returns>False when it was there already, or another one with the same hash.</returns>
    public bool Add(ReadOnlySpan<byte> id)
    {
        // Zero is what an empty slot holds.
        ulong hash = Math.Max(_hash.Of(id), 1);
        ulong second = _words == 2 ? _secondHash.Of(id) : 0;
        ref Partition partition = ref _partitions[hash >> (64 - PartitionBits)];
        if (partition.Count >= partition.Capacity * MaxLoad)
            Grow(ref partition);

        ulong* slot = Find(partition, hash, second);
        if (*slot != 0)
            return false;

        Fill(slot, hash, second);
        partition.Count++;
        return true;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>The slot that holds the hash, or the empty one where it belongs.</summary>
    private ulong* Find(in Partition partition, ulong hash, ulong second)
    {
        ulong* end = partition.Slots + ((long)partition.Capacity * _words);
        ulong home = Math.BigMul(hash << PartitionBits, (ulong)partition.Capacity, out _);
        ulong* slot = partition.Slots + (home * (ulong)_words);
        while (*slot != 0 && (*slot != hash || (_words == 2 && slot[1] != second)))
        {
            slot += _words;
            if (slot == end)
                slot = partition.Slots;
        }

        return slot;
    }

    private void Fill(ulong* slot, ulong hash, ulong second)
    {
        *slot = hash;
        if (_words == 2)
            slot[1] = second;
    }

    private void Grow(ref Partition partition)
    {
        int capacity = Math.Max(FirstCapacity, (int)Math.Min(partition.Capacity * Growth, Array.MaxLength));
        Partition grown = new() { Capacity = capacity, Count = partition.Count };
        grown.Slots = (ulong*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)(_words * sizeof(ulong)));
        ulong* end = partition.Slots + ((long)partition.Capacity * _words);
        for (ulong* slot = partition.Slots; slot != end; slot += _words)
        {
            if (*slot != 0)
                Fill(Find(grown, *slot, _words == 2 ? slot[1] : 0), *slot, _words == 2 ? slot[1] : 0);
        }

        NativeMemory.Free(partition.Slots);
        partition = grown;
    }

    private void Free()
    {
        foreach (ref Partition partition in _partitions.AsSpan())
        {
            NativeMemory.Free(partition.Slots);
            partition = default;
        }
    }

    private struct Partition
    {
        public ulong* Slots;
        public int Capacity;
        public int Count;
    }
}
