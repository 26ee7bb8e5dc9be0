//! Sorts words into classes by their vectors: spherical k-means, then a numbering in which near classes share leading
//! bits, so that cutting bits off the number gives coarser classes.

/// Rounds of k-means; the classes hardly change after the tenth.
const ROUNDS: usize = 12;

/// The class of each vector, from 0.
pub(crate) fn classes(vectors: &[Vec<f32>], count: usize) -> Vec<u32> {
    let points = unit_vectors(vectors);
    // Every so-many-th word, from frequent to rare.
    let step = points.len() / count;
    let mut centres: Vec<Vec<f32>> = points.iter().step_by(step.max(1)).take(count).cloned().collect();
    let mut nearest = Vec::new();
    for _ in 0..ROUNDS {
        nearest = assign(&points, &centres);
        for (number, centre) in centres.iter_mut().enumerate() {
            let mut sum = vec![0.0; centre.len()];
            for (point, _) in points.iter().zip(&nearest).filter(|(_, nearest)| **nearest == number) {
                sum.iter_mut().zip(point).for_each(|(sum, value)| *sum += value);
            }
            if sum.iter().any(|value| *value != 0.0) {
                *centre = unit(&sum);
            }
        }
    }
    let mut order: Vec<usize> = (0..centres.len()).collect();
    bisect(&centres, &mut order);
    let mut numbers = vec![0; centres.len()];
    for (number, centre) in order.into_iter().enumerate() {
        numbers[centre] = number as u32;
    }
    nearest.into_iter().map(|centre| numbers[centre]).collect()
}

/// Vectors of length 1, after the mean of all was taken off: what all words share tells nothing.
fn unit_vectors(vectors: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let mut mean = vec![0.0; vectors[0].len()];
    for vector in vectors {
        mean.iter_mut().zip(vector).for_each(|(mean, value)| *mean += value / vectors.len() as f32);
    }
    vectors
        .iter()
        .map(|vector| unit(&vector.iter().zip(&mean).map(|(value, mean)| value - mean).collect::<Vec<_>>()))
        .collect()
}

fn unit(vector: &[f32]) -> Vec<f32> {
    let length = dot(vector, vector).sqrt().max(f32::MIN_POSITIVE);
    vector.iter().map(|value| value / length).collect()
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    // Eight sums side by side, which the compiler does at once.
    let mut sums = [0.0; 8];
    for (a, b) in one.chunks(8).zip(other.chunks(8)) {
        sums.iter_mut().zip(a.iter().zip(b)).for_each(|(sum, (a, b))| *sum += a * b);
    }
    sums.iter().sum()
}

fn assign(points: &[Vec<f32>], centres: &[Vec<f32>]) -> Vec<usize> {
    let nearest = |point: &Vec<f32>| {
        let mut best = (0, f32::MIN);
        for (number, centre) in centres.iter().enumerate() {
            let near = dot(point, centre);
            if near > best.1 {
                best = (number, near);
            }
        }
        best.0
    };
    let (front, back) = points.split_at(points.len() / 2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| back.iter().map(nearest).collect::<Vec<_>>());
        let mut all: Vec<usize> = front.iter().map(nearest).collect();
        all.extend(other.join().unwrap_or_default());
        all
    })
}

/// Orders classes so that each half, quarter, eighth… of them belongs together.
fn bisect(centres: &[Vec<f32>], order: &mut [usize]) {
    if order.len() < 2 {
        return;
    }
    // Two poles, by k-means with two centres from a pair of far ones.
    let mut poles = [centres[order[0]].clone(), centres[order[order.len() - 1]].clone()];
    for _ in 0..ROUNDS {
        let mut sums = [vec![0.0; poles[0].len()], vec![0.0; poles[0].len()]];
        for &number in order.iter() {
            let side = usize::from(dot(&centres[number], &poles[1]) > dot(&centres[number], &poles[0]));
            sums[side].iter_mut().zip(&centres[number]).for_each(|(sum, value)| *sum += value);
        }
        for (pole, sum) in poles.iter_mut().zip(&sums) {
            if sum.iter().any(|value| *value != 0.0) {
                *pole = unit(sum);
            }
        }
    }
    let lean = |number: usize| dot(&centres[number], &poles[1]) - dot(&centres[number], &poles[0]);
    order.sort_by(|&a, &b| lean(a).total_cmp(&lean(b)).then(a.cmp(&b)));
    let (left, right) = order.split_at_mut(order.len() / 2);
    bisect(centres, left);
    bisect(centres, right);
}
