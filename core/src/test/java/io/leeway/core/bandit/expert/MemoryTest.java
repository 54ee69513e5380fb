package io.leeway.core.bandit.expert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void columnsHoldWhatRowsHoldAlsoWhenTheRingHasComeRound() {
        int width = 3;
        Memory memory = new Memory(width);
        int rows = 0;
        while (memory.size() == rows) {
            memory.add(row(width, rows), rows % 3, rows);
            rows++;
        }
        memory.add(row(width, rows), 0, rows);
        assertThat(memory.size()).isEqualTo(rows - 1);
        for (int age = 0; age < memory.size(); age++) {
            int place = memory.place(age);
            for (int column : new int[] {0, 1, width - 1}) {
                assertThat(memory.column(column)[place])
                        .isEqualTo(memory.row(place)[column])
                        .isEqualTo((float) (rows - age) * (column + 1));
            }
            assertThat(memory.reward(place)).isEqualTo(rows - age);
        }
    }

    private static double[] row(int width, int number) {
        double[] row = new double[width];
        for (int column = 0; column < width; column++) {
            row[column] = (double) number * (column + 1);
        }
        return row;
    }
}
